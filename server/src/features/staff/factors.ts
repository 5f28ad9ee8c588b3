import { DomainError, type Factor, type FactorKind, type FactorProof, type PasskeyRequest, type StaffMember } from '@ikd/contract'
import type { Selectable } from 'kysely'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { describeTotp, findTotpStep, totpSecretLength } from './totp.ts'
import type { Passkeys, StoredPasskey } from './passkeys.ts'

type Row = Selectable<Tables['staff_factor']>

/** What is to be proved beside a password. */
export interface FactorDemand {
  readonly kinds: FactorKind[]
  readonly passkey?: PasskeyRequest
}

/** Second factors: what a member of staff has beside the password. */
export interface Factors {
  /** The kinds an account has, and what the browser is asked when a passkey is among them; undefined without any. */
  findDemand(queries: Queries, staffId: string, challenge: string): Promise<FactorDemand | undefined>
  listKinds(queries: Queries, staffId: string): Promise<FactorKind[]>
  /** Whether it is a good proof, once: a code's step and a passkey's counter are spent with it. */
  prove(staffId: string, proof: Exclude<FactorProof, { setupCode: string }>, challenge: string): Promise<FactorKind | undefined>
  list(queries: Queries, staffId: string): Promise<Factor[]>
  get(queries: Queries, staffId: string, id: string): Promise<Factor>
  startTotp(unit: Unit, member: StaffMember, label: string): Promise<{ factorId: string; secret: string; uri: string }>
  confirmTotp(unit: Unit, staffId: string, id: string, code: string): Promise<void>
  listPasskeys(queries: Queries, staffId: string): Promise<StoredPasskey[]>
  addPasskey(unit: Unit, staffId: string, label: string, passkey: StoredPasskey): Promise<string>
  /** @throws DomainError `factor-last` for the last one of somebody who must have one */
  remove(unit: Unit, member: StaffMember, id: string): Promise<void>
  removeAll(unit: Unit, staffId: string): Promise<void>
}

/** A sealed secret belongs to its row. */
export const totpSecretContext = (factorId: string) => `staff_factor.secret:${factorId}`

export function createFactors(core: Core, passkeys: Passkeys): Factors {
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

  const view = ({ id, kind, label, added_at: addedAt, last_used_at: lastUsedAt }: Row): Factor => ({
    id, kind, label, addedAt, ...(lastUsedAt === null ? {} : { lastUsedAt }),
  })

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
          if (step !== undefined && (await advance(core.store, row, step))) return 'totp'
        }
        return undefined
      }
      const row = rows.find((one) => one.credential_id === proof.passkey.id)
      const counter = row && (await passkeys.verifyAssertion(proof.passkey, challenge, storedPasskey(row)))
      return row && counter !== undefined && (await advance(core.store, row, counter)) ? 'passkey' : undefined
    },

    async list(queries, staffId) {
      return (await confirmed(queries, staffId).execute()).map(view)
    },

    async get(queries, staffId, id) {
      const row = await confirmed(queries, staffId).where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('factor-unknown')
      return view(row)
    },

    async startTotp(unit, member, label) {
      const id = core.ids.next()
      const secret = core.random(totpSecretLength)
      await unit.work.deleteFrom('staff_factor').where('staff_id', '=', member.id).where('confirmed_at', 'is', null).execute()
      await unit.work
        .insertInto('staff_factor')
        .values({
          id, staff_id: member.id, kind: 'totp', label, secret: core.envelope.seal(secret, totpSecretContext(id)), credential_id: null, public_key: null,
          transports: null, last_counter: 0, added_at: unit.now, confirmed_at: null, last_used_at: null,
        })
        .execute()
      return { factorId: id, ...describeTotp(secret, member.username) }
    },

    async confirmTotp(unit, staffId, id, code) {
      const row = await unit.work
        .selectFrom('staff_factor')
        .selectAll()
        .where('id', '=', id)
        .where('staff_id', '=', staffId)
        .where('kind', '=', 'totp')
        .where('confirmed_at', 'is', null)
        .executeTakeFirst()
      if (!row) throw new DomainError('factor-unknown')
      const step = stepOf(row, code)
      if (step === undefined) throw new DomainError('factor-wrong')
      await unit.work.updateTable('staff_factor').set({ confirmed_at: unit.now, last_counter: step, last_used_at: unit.now }).where('id', '=', id).execute()
      await audit(unit, staffId, 'staff.factor-added', id, 'totp')
    },

    async addPasskey(unit, staffId, label, passkey) {
      const id = core.ids.next()
      const inserted = await unit.work
        .insertInto('staff_factor')
        .values({
          id, staff_id: staffId, kind: 'passkey', label, secret: null, credential_id: passkey.credentialId, public_key: passkey.publicKey,
          transports: JSON.stringify(passkey.transports), last_counter: passkey.counter, added_at: unit.now, confirmed_at: unit.now, last_used_at: null,
        })
        // Level 3 §7.1 step 26: a credential belongs to one account.
        .onConflict((conflict) => conflict.column('credential_id').doNothing())
        .executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows !== 1n) throw new DomainError('passkey-invalid')
      await audit(unit, staffId, 'staff.factor-added', id, 'passkey')
      return id
    },

    async remove(unit, member, id) {
      const rows = await confirmed(unit.work, member.id).execute()
      const row = rows.find((one) => one.id === id)
      if (!row) throw new DomainError('factor-unknown')
      if (rows.length === 1 && member.role !== 'verifier') throw new DomainError('factor-last')
      await unit.work.deleteFrom('staff_factor').where('id', '=', id).execute()
      await audit(unit, member.id, 'staff.factor-removed', id, row.kind)
    },

    async removeAll(unit, staffId) {
      await unit.work.deleteFrom('staff_factor').where('staff_id', '=', staffId).execute()
    },
  }
}
