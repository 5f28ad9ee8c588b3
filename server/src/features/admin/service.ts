import { DomainError, type OfficeMember, type OfficeSession, type OfficeWorkstation, type WorkstationPower, workstationPowers } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { officeTopic } from '../../signals.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { StaffService } from '../staff/service.ts'

/** An office's admin: people, sessions and machines of the own office, and of no other. */
export interface AdminService {
  listStaff(queries: Queries, caller: DeskCaller): Promise<OfficeMember[]>
  getStaff(queries: Queries, caller: DeskCaller, staffId: string): Promise<OfficeMember>
  unlock(unit: Unit, caller: DeskCaller, staffId: string): Promise<void>
  /** Takes a colleague's factors away and ends their sessions; the id of the setup code. */
  resetFactors(unit: Unit, caller: DeskCaller, staffId: string): Promise<string>
  getSetupCode(queries: Queries, id: string): Promise<{ code: string; expiresAt: number }>
  listSessions(queries: Queries, caller: DeskCaller): Promise<OfficeSession[]>
  endSession(unit: Unit, caller: DeskCaller, sessionId: string): Promise<void>
  listWorkstations(queries: Queries, caller: DeskCaller): Promise<{ workstations: OfficeWorkstation[]; freeNumber: number; powers: WorkstationPower[] }>
  /** The id of the enrolment, from which its code is derived. */
  makeEnrolment(unit: Unit, caller: DeskCaller, enrolment: { label: string; powers: readonly WorkstationPower[] }): Promise<string>
  getEnrolmentCode(queries: Queries, id: string): Promise<{ code: string; expiresAt: number }>
  revokeWorkstation(unit: Unit, caller: DeskCaller, workstationId: string): Promise<void>
}

const codeLifetime = day

export function createAdminService(core: Core, on: { staff: StaffService; alerts: AlertsService }): AdminService {
  const { listMembers, listSessions, listWorkstations, findFreeNumber } = on.staff.officeLists

  /** Administration is a power of few machines, whoever sits at them. */
  function assertAdministers(caller: DeskCaller): void {
    if (!caller.powers.includes('administer')) throw new DomainError('workstation-power-missing')
  }

  async function audit(unit: Unit, caller: DeskCaller, action: string, subject: string, detail: Record<string, string | readonly string[]> = {}) {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject, detail: { ...detail, at: caller.workstationId } })
  }

  async function assertColleague(queries: Queries, caller: DeskCaller, staffId: string): Promise<void> {
    assertAdministers(caller)
    const row = await queries.selectFrom('staff').select('office_id').where('id', '=', staffId).executeTakeFirst()
    if (!row) throw new DomainError('not-found')
    if (row.office_id !== caller.officeId) throw new DomainError('other-office')
  }

  async function getPowers(queries: Queries, officeId: string): Promise<WorkstationPower[]> {
    const { powers } = await queries.selectFrom('office').select('powers').where('id', '=', officeId).executeTakeFirstOrThrow()
    return powers === null ? [...workstationPowers] : (JSON.parse(powers) as WorkstationPower[])
  }

  return {
    async listStaff(queries, caller) {
      assertAdministers(caller)
      return listMembers(queries, caller.officeId, core.clock.now())
    },

    async getStaff(queries, caller, staffId) {
      const found = (await listMembers(queries, caller.officeId, core.clock.now())).find(({ id }) => id === staffId)
      if (!found) throw new DomainError('not-found')
      return found
    },

    async unlock(unit, caller, staffId) {
      await assertColleague(unit.work, caller, staffId)
      await on.staff.locks.unlock(unit, staffId, caller.staffId)
    },

    async resetFactors(unit, caller, staffId) {
      await assertColleague(unit.work, caller, staffId)
      // Whoever can take away their own factor needs no second one.
      if (staffId === caller.staffId) throw new DomainError('forbidden')
      await on.staff.factors.removeAll(unit, staffId)
      await on.staff.approvalPins.remove(unit, staffId)
      await on.staff.endAll(unit, staffId)
      const codeId = await on.staff.setupCodes.make(unit, staffId, codeLifetime)
      await audit(unit, caller, 'staff.factors-reset', staffId)
      await on.alerts.raise(unit, { officeId: caller.officeId, kind: 'factors-reset', staffId, workstationId: caller.workstationId })
      return codeId
    },

    async getSetupCode(queries, id) {
      const row = await queries.selectFrom('staff_setup_code').select('expires_at').where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('not-found')
      return { code: on.staff.setupCodes.codeOf(id), expiresAt: row.expires_at }
    },

    async listSessions(queries, caller) {
      assertAdministers(caller)
      return listSessions(queries, caller, core.clock.now())
    },

    async endSession(unit, caller, sessionId) {
      assertAdministers(caller)
      const row = await unit.work
        .selectFrom('staff_session')
        .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
        .select(['staff.office_id as officeId', 'staff.id as staffId'])
        .where('staff_session.id', '=', sessionId)
        .executeTakeFirst()
      if (!row) throw new DomainError('not-found')
      if (row.officeId !== caller.officeId) throw new DomainError('other-office')
      await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('id', '=', sessionId).where('ended_at', 'is', null).execute()
      await audit(unit, caller, 'staff.session-ended', sessionId, { of: row.staffId })
      // Streams of the office ask for their right again, and the ended one's finds none.
      unit.announce(officeTopic(caller.officeId), { type: 'alert' })
    },

    async listWorkstations(queries, caller) {
      assertAdministers(caller)
      return {
        workstations: await listWorkstations(queries, caller),
        freeNumber: await findFreeNumber(queries, caller.officeId, core.clock.now()),
        powers: await getPowers(queries, caller.officeId),
      }
    },

    async makeEnrolment(unit, caller, { label, powers }) {
      assertAdministers(caller)
      const allowed = await getPowers(unit.work, caller.officeId)
      if (powers.some((power) => !allowed.includes(power))) throw new DomainError('workstation-power-missing')
      const id = await on.staff.makeEnrolment(unit, caller.officeId, { label, powers })
      await audit(unit, caller, 'workstation.enrolment-made', id, { powers })
      return id
    },

    getEnrolmentCode: on.staff.getEnrolmentCode,

    async revokeWorkstation(unit, caller, workstationId) {
      assertAdministers(caller)
      const row = await unit.work.selectFrom('workstation').select(['office_id', 'revoked_at']).where('id', '=', workstationId).executeTakeFirst()
      if (!row) throw new DomainError('not-found')
      if (row.office_id !== caller.officeId) throw new DomainError('other-office')
      if (row.revoked_at !== null) return
      await unit.work.updateTable('workstation').set({ revoked_at: unit.now }).where('id', '=', workstationId).execute()
      await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('workstation_id', '=', workstationId).where('ended_at', 'is', null).execute()
      await audit(unit, caller, 'workstation.revoked', workstationId)
      await on.alerts.raise(unit, { officeId: caller.officeId, kind: 'workstation-revoked', staffId: caller.staffId, workstationId })
    },
  }
}
