import { DomainError, type Factor, type FactorKind, type NewFactor, type PasskeyAssertion, type PasskeyRequest, type StaffMember } from '@ikd/contract'
import type { Selectable } from 'kysely'
import type { StaffCaller } from '../../caller.ts'
import { day, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { Members } from './members.ts'
import { describeTotp, findTotpStep, totpSecretLength } from './totp.ts'
import type { Passkeys, StoredPasskey } from './passkeys.ts'

type Row = Selectable<Tables['staff_factor']>

/** What is to be proved beside a password. */
export interface FactorDemand {
  readonly kinds: FactorKind[]
  readonly passkey?: PasskeyRequest
}

/** A factor that somebody has just proved. */
export interface ProvedFactor {
  readonly id: string
  readonly kind: FactorKind
  /** Before it the factor is no second person's word. Instant */
  readonly approvesFrom: number
}

/** A code of an authenticator app, or a passkey's assertion. */
export type Proof = { readonly totp: string } | { readonly passkey: PasskeyAssertion }

/** How long a new factor is no second person's word: its owner is to hear of it first. */
export const newFactorWait = day
/** From showing a secret to the first code of it. */
const confirmWithin = 15 * minute

/** Second factors: what a member of staff has beside the password. */
export interface Factors {
  /** The kinds an account has, and what the browser is asked when a passkey is among them; undefined without any. */
  findDemand(queries: Queries, staffId: string, challenge: string): Promise<FactorDemand | undefined>
  listKinds(queries: Queries, staffId: string): Promise<FactorKind[]>
  /** Whether it is a good proof, once: a code's step and a passkey's counter are spent with it. */
  prove(staffId: string, proof: Proof, challenge: string): Promise<ProvedFactor | undefined>
  /** Whether there is one that was there before this one. */
  hasOlder(queries: Queries, staffId: string, factor: ProvedFactor): Promise<boolean>
  list(queries: Queries, staffId: string): Promise<Factor[]>
  get(queries: Queries, staffId: string, id: string): Promise<Factor>
  /** Whoever calls has seen to the proof of an old one. */
  startTotp(unit: Unit, caller: StaffCaller, label: string): Promise<{ factorId: string; secret: string; uri: string }>
  /** In the session it was started in; a first one only while it still is the first. */
  confirmTotp(unit: Unit, caller: StaffCaller, id: string, code: string): Promise<void>
  listPasskeys(queries: Queries, staffId: string): Promise<StoredPasskey[]>
  /** @param mustBeFirst nothing but a setup code or the password was proved for it */
  addPasskey(unit: Unit, caller: StaffCaller, label: string, passkey: StoredPasskey, mustBeFirst: boolean): Promise<string>
  /** @throws DomainError `factor-last` for the last one of somebody who must have one */
  remove(unit: Unit, member: StaffMember, id: string): Promise<void>
  /** Those added elsewhere than in this session that nobody has acknowledged. */
  listNew(queries: Queries, staffId: string, sessionId: string): Promise<NewFactor[]>
  /** Its owner says that it is theirs. */
  acknowledge(unit: Unit, caller: StaffCaller, id: string): Promise<void>
  removeAll(unit: Unit, staffId: string): Promise<void>
}

/** A sealed secret belongs to its row. */
export const totpSecretContext = (factorId: string) => `staff_factor.secret:${factorId}`

export function createFactors(core: Core, on: { passkeys: Passkeys; alerts: AlertsService; members: Members }): Factors {
  const { passkeys, alerts, members } = on
  const confirmed = (queries: Queries, staffId: string) =>
    queries.selectFrom('staff_factor').selectAll().where('staff_id', '=', staffId).where('confirmed_at', 'is not', null).orderBy('id')

  const storedPasskey = (row: Row): StoredPasskey => ({
    credentialId: row.credential_id as string,
    publicKey: row.public_key as string,
    transports: JSON.parse(row.transports ?? '[]') as string[],
    counter: row.last_counter,
  })

  const stepOf = (row: Row, code: string) => findTotpStep(core.envelope.open(row.secret as Uint8Array, totpSecretContext(row.id)), code, core.clock.now())

  /** Moves a factor's counter on; false when another request was there first with this one or a later. */
  async function advance(queries: Queries, row: Row, counter: number): Promise<boolean> {
    // A passkey that is synchronised counts nothing and says 0 for ever (Level 3 §6.1.1).
    const still = row.kind === 'passkey' && counter === 0
    const moved = await queries
      .updateTable('staff_factor')
      .set({ last_counter: counter, last_used_at: core.clock.now() })
      .where('id', '=', row.id)
      .where('last_counter', still ? '=' : '<', counter)
      .executeTakeFirst()
    return moved.numUpdatedRows === 1n
  }

  async function audit(unit: Unit, staffId: string, action: string, factorId: string, kind: FactorKind): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: staffId }, action, subject: factorId, detail: { kind } })
  }

  /** Additions to one account come one after the other, so that one of them alone is its first. */
  async function hold(unit: Unit, staffId: string): Promise<{ isFirstEver: boolean }> {
    const { new_factors_wait: wait } = await unit.work
      .updateTable('staff')
      .set((set) => ({ new_factors_wait: set.ref('new_factors_wait') }))
      .where('id', '=', staffId)
      .returning('new_factors_wait')
      .executeTakeFirstOrThrow()
    return { isFirstEver: wait === 0 }
  }

  /**
   * What goes with every addition: what was begun beside it is void, and the office hears of it. The first one an account
   * ever has makes an office able to work on its first day: it waits for nothing, and there is nobody to be told.
   */
  async function noteAddition(unit: Unit, caller: StaffCaller, isFirstEver: boolean): Promise<{ approves_from: number; added_in: string; acknowledged_at: number | null }> {
    const { staffId, sessionId } = caller
    await unit.work.deleteFrom('staff_factor').where('staff_id', '=', staffId).where('confirmed_at', 'is', null).execute()
    await unit.work.updateTable('staff').set({ new_factors_wait: 1 }).where('id', '=', staffId).execute()
    const { office } = await members.getMember(unit.work, staffId)
    if (!isFirstEver && office) {
      const session = await unit.work.selectFrom('staff_session').select('workstation_id').where('id', '=', sessionId).executeTakeFirstOrThrow()
      await alerts.raise(unit, { officeId: office.id, kind: 'factor-added', staffId, ...(session.workstation_id === null ? {} : { workstationId: session.workstation_id }) })
    }
    return {
      approves_from: isFirstEver ? unit.now : unit.now + newFactorWait,
      added_in: sessionId,
      // Where it is the only one there is nobody else who could be shown it.
      acknowledged_at: isFirstEver || caller.kind === 'setup' ? unit.now : null,
    }
  }

  const view = ({ id, kind, label, added_at: addedAt, last_used_at: lastUsedAt }: Row): Factor => ({
    id, kind, label, addedAt, ...(lastUsedAt === null ? {} : { lastUsedAt }),
  })

  const proved = ({ id, kind, approves_from: approvesFrom }: Row): ProvedFactor => ({ id, kind, approvesFrom })

  const listKinds = async (queries: Queries, staffId: string) => [...new Set((await confirmed(queries, staffId).execute()).map(({ kind }) => kind))]

  const listPasskeys = async (queries: Queries, staffId: string) => (await confirmed(queries, staffId).where('kind', '=', 'passkey').execute()).map(storedPasskey)

  return {
    listKinds,
    listPasskeys,

    async findDemand(queries, staffId, challenge) {
      const kinds = await listKinds(queries, staffId)
      if (kinds.length === 0) return undefined
      return kinds.includes('passkey') ? { kinds, passkey: await passkeys.request(challenge, await listPasskeys(queries, staffId)) } : { kinds }
    },

    async prove(staffId, proof, challenge) {
      const rows = await confirmed(core.store, staffId).execute()
      if ('totp' in proof) {
        for (const row of rows.filter(({ kind }) => kind === 'totp')) {
          const step = stepOf(row, proof.totp)
          if (step !== undefined && (await advance(core.store, row, step))) return proved(row)
        }
        return undefined
      }
      const row = rows.find((one) => one.credential_id === proof.passkey.id)
      const counter = row && (await passkeys.verifyAssertion(proof.passkey, challenge, storedPasskey(row)))
      return row && counter !== undefined && (await advance(core.store, row, counter)) ? proved(row) : undefined
    },

    async hasOlder(queries, staffId, { id, approvesFrom }) {
      return (await confirmed(queries, staffId).where('id', '<>', id).where('approves_from', '<', approvesFrom).execute()).length > 0
    },

    async list(queries, staffId) {
      return (await confirmed(queries, staffId).execute()).map(view)
    },

    async get(queries, staffId, id) {
      const row = await confirmed(queries, staffId).where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('factor-unknown')
      return view(row)
    },

    async startTotp(unit, caller, label) {
      const { staffId, sessionId } = caller
      const id = core.ids.next()
      const secret = core.random(totpSecretLength)
      const { username } = await members.getMember(unit.work, staffId)
      await unit.work.deleteFrom('staff_factor').where('staff_id', '=', staffId).where('confirmed_at', 'is', null).execute()
      await unit.work
        .insertInto('staff_factor')
        .values({
          id, staff_id: staffId, kind: 'totp', label, secret: core.envelope.seal(secret, totpSecretContext(id)), credential_id: null, public_key: null,
          transports: null, last_counter: 0, added_at: unit.now, confirmed_at: null, last_used_at: null, added_in: sessionId,
        })
        .execute()
      return { factorId: id, ...describeTotp(secret, username) }
    },

    async confirmTotp(unit, caller, id, code) {
      const { isFirstEver } = await hold(unit, caller.staffId)
      const row = await unit.work
        .selectFrom('staff_factor')
        .selectAll()
        .where('id', '=', id)
        .where('staff_id', '=', caller.staffId)
        .where('kind', '=', 'totp')
        .where('confirmed_at', 'is', null)
        .where('added_in', '=', caller.sessionId)
        .where('added_at', '>', unit.now - confirmWithin)
        .executeTakeFirst()
      if (!row) throw new DomainError('factor-unknown')
      const step = stepOf(row, code)
      if (step === undefined) throw new DomainError('factor-wrong')
      await unit.work.updateTable('staff_factor').set({ confirmed_at: unit.now, last_counter: step, last_used_at: unit.now }).where('id', '=', id).execute()
      await unit.work.updateTable('staff_factor').set(await noteAddition(unit, caller, isFirstEver)).where('id', '=', id).execute()
      await audit(unit, caller.staffId, 'staff.factor-added', id, 'totp')
    },

    async addPasskey(unit, caller, label, passkey, mustBeFirst) {
      const { isFirstEver } = await hold(unit, caller.staffId)
      if (mustBeFirst && (await listKinds(unit.work, caller.staffId)).length > 0) throw new DomainError('account-proof-needed')
      const id = core.ids.next()
      const inserted = await unit.work
        .insertInto('staff_factor')
        .values({
          id, staff_id: caller.staffId, kind: 'passkey', label, secret: null, credential_id: passkey.credentialId, public_key: passkey.publicKey,
          transports: JSON.stringify(passkey.transports), last_counter: passkey.counter, added_at: unit.now, confirmed_at: unit.now, last_used_at: null,
          ...(await noteAddition(unit, caller, isFirstEver)),
        })
        // Level 3 §7.1 step 26: a credential belongs to one account.
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows !== 1n) throw new DomainError('passkey-invalid')
      await audit(unit, caller.staffId, 'staff.factor-added', id, 'passkey')
      return id
    },

    async remove(unit, member, id) {
      await hold(unit, member.id)
      const rows = await confirmed(unit.work, member.id).execute()
      const row = rows.find((one) => one.id === id)
      if (!row) throw new DomainError('factor-unknown')
      if (rows.length === 1 && member.role !== 'verifier') throw new DomainError('factor-last')
      // One that was begun for a proof of it goes along.
      await unit.work
        .deleteFrom('staff_factor')
        .where('staff_id', '=', member.id)
        .where((where) => where.or([where('id', '=', id), where('confirmed_at', 'is', null)]))
        .execute()
      await audit(unit, member.id, 'staff.factor-removed', id, row.kind)
    },

    async listNew(queries, staffId, sessionId) {
      const rows = await queries
        .selectFrom('staff_factor')
        .leftJoin('staff_session', 'staff_session.id', 'staff_factor.added_in')
        .leftJoin('workstation', 'workstation.id', 'staff_session.workstation_id')
        .select(['staff_factor.id', 'staff_factor.kind', 'staff_factor.label', 'staff_factor.confirmed_at as addedAt', 'workstation.label as workstation'])
        .where('staff_factor.staff_id', '=', staffId)
        .where('staff_factor.confirmed_at', 'is not', null)
        .where('staff_factor.acknowledged_at', 'is', null)
        .where((where) => where.or([where('staff_factor.added_in', 'is', null), where('staff_factor.added_in', '<>', sessionId)]))
        .orderBy('staff_factor.id')
        .execute()
      return rows.map(({ id, kind, label, addedAt, workstation }) => ({ id, kind, label, addedAt: addedAt as number, ...(workstation === null ? {} : { workstation }) }))
    },

    async acknowledge(unit, { staffId, sessionId, approvesFrom }, id) {
      const row = await confirmed(unit.work, staffId).where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('factor-unknown')
      // Not by whoever added it, nor by what was added.
      if (row.added_in === sessionId) throw new DomainError('forbidden')
      if (approvesFrom > unit.now) throw new DomainError('factor-too-new', { retryAt: approvesFrom })
      await unit.work.updateTable('staff_factor').set({ acknowledged_at: unit.now }).where('id', '=', id).where('acknowledged_at', 'is', null).execute()
      await audit(unit, staffId, 'staff.factor-acknowledged', id, row.kind)
    },

    async removeAll(unit, staffId) {
      await removeFactors(unit.work, staffId)
    },
  }
}

/** Takes all second factors away; those that come after wait before they approve. */
export async function removeFactors(work: Queries, staffId: string): Promise<void> {
  await work.updateTable('staff').set({ new_factors_wait: 1 }).where('id', '=', staffId).execute()
  await work.deleteFrom('staff_factor').where('staff_id', '=', staffId).execute()
}
