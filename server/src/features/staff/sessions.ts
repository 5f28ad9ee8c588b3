import { DomainError, type OwnSession, type SessionFactor } from '@ikd/contract'
import type { DeskCaller, SetupCaller, StaffCaller, VerifierCaller } from '../../caller.ts'
import { hour, minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { Members } from './members.ts'
import type { Workstations } from './workstations.ts'

/** Who is signed in, and where. */
export interface Sessions {
  /** Opens a session that rests on this factor beside the password. */
  signIn(unit: Unit, staffId: string, jkt: string, factor: SessionFactor, factorId?: string): Promise<string>
  signOut(unit: Unit, caller: StaffCaller): Promise<void>
  /** The live session's caller; refuses an ended or idle session, a revoked workstation, a desk that is not of the member's office. */
  getCaller(queries: Queries, sessionId: string, jkt: string): Promise<StaffCaller>
  /** Notes that somebody uses the session: at most one write a minute. */
  noteUse(caller: StaffCaller): Promise<void>
  /** A factor was proved in this session after it was opened. */
  upgrade(unit: Unit, sessionId: string, factor: SessionFactor, factorId: string): Promise<void>
  listOwn(queries: Queries, caller: DeskCaller | VerifierCaller): Promise<OwnSession[]>
  endOthers(unit: Unit, caller: StaffCaller): Promise<void>
  /** Ends all sessions of a member of staff. */
  endAll(unit: Unit, staffId: string): Promise<void>
}

/** A working day; then the password is asked again. */
export const sessionLifetime = 12 * hour
/** Long enough to install an authenticator app. */
const setupLifetime = hour
/** After which a session that nobody used is dead: a desk is in a public room, an institution's counter may see few holders. */
export const idleLimit = { desk: 15 * minute, verifier: hour } as const

export function createSessions(core: Core, members: Members, workstations: Workstations): Sessions {
  async function audit(unit: Unit, caller: { staffId: string }, action: string, subject: string, detail: Record<string, string | null> = {}) {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'staff', id: caller.staffId }, action, subject, detail })
  }

  const alive = (queries: Queries, staffId: string) =>
    queries
      .selectFrom('staff_session')
      .leftJoin('workstation', 'workstation.id', 'staff_session.workstation_id')
      .select(['staff_session.id', 'workstation.label', 'staff_session.started_at as startedAt', 'staff_session.last_used_at as lastUsedAt', 'staff_session.factor'])
      .where('staff_id', '=', staffId)
      .where('ended_at', 'is', null)

  return {
    async signIn(unit, staffId, jkt, factor, factorId) {
      const member = await members.getMember(unit.work, staffId)
      const desk = member.role === 'verifier' ? undefined : await workstations.findWorkstationByKey(unit.work, jkt)
      if (member.role !== 'verifier') {
        if (!desk) throw new DomainError('workstation-unknown')
        if (desk.office.id !== member.office?.id) throw new DomainError('other-office')
      }
      const id = core.ids.next()
      await unit.work
        .insertInto('staff_session')
        .values({ id, staff_id: staffId, workstation_id: desk?.id ?? null, jkt, started_at: unit.now, ended_at: null, factor, factor_id: factorId ?? null, last_used_at: unit.now })
        .execute()
      await audit(unit, { staffId }, 'staff.signed-in', id, { workstation: desk?.id ?? null, factor })
      return id
    },

    async signOut(unit, caller) {
      await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('id', '=', caller.sessionId).where('ended_at', 'is', null).execute()
      await audit(unit, caller, 'staff.signed-out', caller.sessionId)
    },

    async getCaller(queries, sessionId, jkt) {
      const session = await queries
        .selectFrom('staff_session')
        .leftJoin('staff_factor', 'staff_factor.id', 'staff_session.factor_id')
        .selectAll('staff_session')
        .select('staff_factor.approves_from as approvesFrom')
        .where('staff_session.id', '=', sessionId)
        .executeTakeFirst()
      if (!session || session.jkt !== jkt || session.ended_at !== null) throw new DomainError('token-invalid')
      const now = core.clock.now()
      if (session.started_at + (session.factor === 'setup-code' ? setupLifetime : sessionLifetime) <= now) throw new DomainError('token-expired')
      const member = await members.getMember(queries, session.staff_id)
      if (session.last_used_at + idleLimit[member.role === 'verifier' ? 'verifier' : 'desk'] <= now) throw new DomainError('token-expired')
      const base = {
        jkt, staffId: member.id, sessionId, sessionStartedAt: session.started_at, lastUsedAt: session.last_used_at, factor: session.factor, name: member.name,
        factorId: session.factor_id, approvesFrom: session.approvesFrom ?? 0,
      }
      if (member.role === 'verifier') {
        if (!member.institution) throw new DomainError('forbidden')
        return { kind: 'verifier', ...base, institutionId: member.institution.id }
      }
      const desk = await workstations.findWorkstationByKey(queries, jkt)
      if (!desk || desk.id !== session.workstation_id) throw new DomainError('workstation-unknown')
      if (member.office?.id !== desk.office.id) throw new DomainError('token-invalid')
      if (session.factor === 'setup-code') return { kind: 'setup', ...base } satisfies SetupCaller
      return { kind: 'desk', ...base, role: member.role, officeId: desk.office.id, workstationId: desk.id, powers: desk.powers }
    },

    async noteUse({ sessionId, lastUsedAt }) {
      const now = core.clock.now()
      if (now - lastUsedAt < minute) return
      await core.store.updateTable('staff_session').set({ last_used_at: now }).where('id', '=', sessionId).where('last_used_at', '<', now).execute()
    },

    async upgrade(unit, sessionId, factor, factorId) {
      await unit.work.updateTable('staff_session').set({ factor, factor_id: factorId }).where('id', '=', sessionId).where('factor', 'in', ['none', 'setup-code']).execute()
    },

    async listOwn(queries, caller) {
      const now = core.clock.now()
      const rows = await alive(queries, caller.staffId)
        .where('started_at', '>', now - sessionLifetime)
        .where('last_used_at', '>', now - idleLimit[caller.kind])
        .orderBy('started_at', 'desc')
        .execute()
      return rows.map(({ label, ...row }) => ({ ...row, ...(label === null ? {} : { workstation: label }), own: row.id === caller.sessionId }))
    },

    async endOthers(unit, caller) {
      await unit.work
        .updateTable('staff_session')
        .set({ ended_at: unit.now })
        .where('staff_id', '=', caller.staffId)
        .where('id', '<>', caller.sessionId)
        .where('ended_at', 'is', null)
        .execute()
      await audit(unit, caller, 'staff.others-ended', caller.staffId)
    },

    async endAll(unit, staffId) {
      await unit.work.updateTable('staff_session').set({ ended_at: unit.now }).where('staff_id', '=', staffId).where('ended_at', 'is', null).execute()
    },
  }
}
