import { DomainError, type StaffMember, type Workstation, type WorkstationPower } from '@ikd/contract'
import type { DeskCaller, VerifierCaller } from '../../caller.ts'
import { hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { createAttempts, type PasswordAttempt } from './attempts.ts'
import { enrolmentCodeHash } from './enrolment.ts'

export interface StaffService {
  enrol(unit: Unit, jkt: string, enrolment: { enrolmentCode: string; label: string }): Promise<string>
  getWorkstation(queries: Queries, id: string): Promise<Workstation>
  findWorkstationByKey(queries: Queries, jkt: string): Promise<Workstation | undefined>
  /** Spends a password attempt; the account's id when it is right, a refusal when not. */
  checkPassword(attempt: PasswordAttempt): Promise<string | DomainError>
  signIn(unit: Unit, staffId: string, jkt: string): Promise<string>
  signOut(unit: Unit, caller: DeskCaller | VerifierCaller): Promise<void>
  /** The live session's caller; refuses an ended session, a revoked workstation, a desk that is not of the member's office. */
  getCaller(queries: Queries, sessionId: string, jkt: string): Promise<DeskCaller | VerifierCaller>
  getMember(queries: Queries, id: string): Promise<StaffMember>
  getName(queries: Queries, id: string): Promise<string>
}

/** A working day; then the password is asked again. */
const sessionLifetime = 12 * hour

export function createStaffService(core: Core): StaffService {
  const attempts = createAttempts(core)
  const selectWorkstation = (queries: Queries) =>
    queries
      .selectFrom('workstation')
      .innerJoin('office', 'office.id', 'workstation.office_id')
      .select(['workstation.id', 'workstation.label', 'workstation.powers', 'office.id as officeId', 'office.name as officeName'])
      .where('workstation.revoked_at', 'is', null)
  const workstation = (row: { id: string; label: string; powers: string; officeId: string; officeName: string }): Workstation => ({
    id: row.id,
    label: row.label,
    office: { id: row.officeId, name: row.officeName },
    powers: JSON.parse(row.powers) as WorkstationPower[],
  })

  async function findWorkstationByKey(queries: Queries, jkt: string): Promise<Workstation | undefined> {
    const row = await selectWorkstation(queries).where('workstation.jkt', '=', jkt).executeTakeFirst()
    return row && workstation(row)
  }

  async function getMember(queries: Queries, id: string): Promise<StaffMember> {
    const row = await queries
      .selectFrom('staff')
      .leftJoin('office', 'office.id', 'staff.office_id')
      .leftJoin('institution', 'institution.id', 'staff.institution_id')
      .select([
        'staff.id', 'staff.name', 'staff.username', 'staff.role', 'office.id as officeId', 'office.name as officeName',
        'institution.id as institutionId', 'institution.number as institutionNumber', 'institution.name as institutionName', 'institution.purposes',
      ])
      .where('staff.id', '=', id)
      .executeTakeFirstOrThrow()
    return {
      id: row.id,
      name: row.name,
      username: row.username,
      role: row.role,
      ...(row.officeId && row.officeName ? { office: { id: row.officeId, name: row.officeName } } : {}),
      ...(row.institutionId && row.institutionName && row.institutionNumber
        ? { institution: { id: row.institutionId, number: row.institutionNumber, name: row.institutionName, purposes: JSON.parse(row.purposes ?? '[]') as string[] } }
        : {}),
    }
  }

  return {
    findWorkstationByKey,
    getMember,

    async getName(queries, id) {
      return (await queries.selectFrom('staff').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
    },

    async getWorkstation(queries, id) {
      return workstation(await selectWorkstation(queries).where('workstation.id', '=', id).executeTakeFirstOrThrow())
    },

    async enrol(unit, jkt, { enrolmentCode, label }) {
      const enrolment = await unit.work
        .updateTable('workstation_enrolment')
        .set({ used_at: unit.now })
        .where('code_hash', '=', enrolmentCodeHash(core.secrets, enrolmentCode))
        .where('used_at', 'is', null)
        .where('expires_at', '>', unit.now)
        .returning(['office_id', 'powers'])
        .executeTakeFirst()
      if (!enrolment) throw new DomainError('enrolment-code-wrong')
      // A key is enrolled once: enrolling it again moves it to the new office and powers.
      const known = await unit.work.selectFrom('workstation').select('id').where('jkt', '=', jkt).executeTakeFirst()
      const id = known?.id ?? core.ids.next()
      const row = { office_id: enrolment.office_id, label, powers: enrolment.powers, enrolled_at: unit.now, revoked_at: null }
      if (known) {
        await unit.work.updateTable('workstation').set(row).where('id', '=', id).execute()
        // Who was signed in here was so in the office it leaves.
        await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('workstation_id', '=', id).where('ended_at', 'is', null).execute()
      } else await unit.work.insertInto('workstation').values({ id, jkt, ...row }).execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'service', id: 'enrolment' },
        action: 'workstation.enrolled',
        subject: id,
        detail: { office: enrolment.office_id, powers: JSON.parse(enrolment.powers) as string[] },
      })
      return id
    },

    checkPassword: attempts.check,

    async signIn(unit, staffId, jkt) {
      const member = await getMember(unit.work, staffId)
      const desk = await findWorkstationByKey(unit.work, jkt)
      if (member.role !== 'verifier') {
        if (!desk) throw new DomainError('workstation-unknown')
        if (desk.office.id !== member.office?.id) throw new DomainError('other-office')
      }
      const id = core.ids.next()
      await unit.work
        .insertInto('staff_session')
        .values({ id, staff_id: staffId, workstation_id: member.role === 'verifier' ? null : (desk?.id ?? null), jkt, started_at: unit.now, ended_at: null })
        .execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: staffId },
        action: 'staff.signed-in',
        subject: id,
        detail: { workstation: desk?.id ?? null },
      })
      return id
    },

    async signOut(unit, caller) {
      await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('id', '=', caller.sessionId).where('ended_at', 'is', null).execute()
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'staff', id: caller.staffId },
        action: 'staff.signed-out',
        subject: caller.sessionId,
      })
    },

    async getCaller(queries, sessionId, jkt) {
      const session = await queries.selectFrom('staff_session').selectAll().where('id', '=', sessionId).executeTakeFirst()
      if (!session || session.jkt !== jkt || session.ended_at !== null) throw new DomainError('token-invalid')
      if (session.started_at + sessionLifetime <= core.clock.now()) throw new DomainError('token-expired')
      const member = await getMember(queries, session.staff_id)
      const base = { jkt, staffId: member.id, sessionId, sessionStartedAt: session.started_at, name: member.name }
      if (member.role === 'verifier') {
        if (!member.institution) throw new DomainError('forbidden')
        return { kind: 'verifier', ...base, institutionId: member.institution.id }
      }
      const desk = await findWorkstationByKey(queries, jkt)
      if (!desk || desk.id !== session.workstation_id) throw new DomainError('workstation-unknown')
      if (member.office?.id !== desk.office.id) throw new DomainError('token-invalid')
      return { kind: 'desk', ...base, role: member.role, officeId: desk.office.id, workstationId: desk.id, powers: desk.powers }
    },
  }
}
