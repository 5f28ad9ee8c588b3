import { type Alert, type AlertKind, DomainError } from '@ikd/contract'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { officeTopic } from '../../signals.ts'

export interface NewAlert {
  readonly officeId: string
  readonly kind: AlertKind
  /** Whom it is about. */
  readonly staffId?: string
  /** Which machine it is about, or where it happened. */
  readonly workstationId?: string
}

/** What supervisors and admins are told without having asked. */
export interface AlertsService {
  /** Stands or falls with what it tells of, for it is written in the same transaction; open desks hear at once. */
  raise(unit: Unit, alert: NewAlert): Promise<void>
  list(queries: Queries, officeId: string): Promise<{ alerts: Alert[]; unseen: number }>
  get(queries: Queries, officeId: string, id: string): Promise<Alert>
  markSeen(unit: Unit, officeId: string, id: string, staffId: string): Promise<void>
}

const shownFor = 30 * day
const shownAtMost = 100

export function createAlertsService(core: Core): AlertsService {
  const select = (queries: Queries, officeId: string) =>
    queries
      .selectFrom('alert')
      .leftJoin('staff', 'staff.id', 'alert.staff_id')
      .leftJoin('workstation', 'workstation.id', 'alert.workstation_id')
      .leftJoin('staff as seer', 'seer.id', 'alert.seen_by')
      .select([
        'alert.id', 'alert.kind', 'alert.at', 'alert.seen_at as seenAt', 'staff.name as staff', 'workstation.label as workstation', 'seer.name as seer',
      ])
      .where('alert.office_id', '=', officeId)

  type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
  const view = ({ id, kind, at, staff, workstation, seenAt, seer }: Row): Alert => ({
    id,
    kind,
    at,
    ...(staff === null ? {} : { staff }),
    ...(workstation === null ? {} : { workstation }),
    ...(seenAt === null || seer === null ? {} : { seen: { at: seenAt, by: seer } }),
  })

  return {
    async raise(unit, { officeId, kind, staffId, workstationId }) {
      await unit.work
        .insertInto('alert')
        .values({
          id: core.ids.next(), office_id: officeId, kind, at: unit.now, staff_id: staffId ?? null, workstation_id: workstationId ?? null,
          seen_at: null, seen_by: null,
        })
        .execute()
      unit.announce(officeTopic(officeId), { type: 'alert' })
    },

    async list(queries, officeId) {
      const since = core.clock.now() - shownFor
      const rows = await select(queries, officeId).where('alert.at', '>', since).orderBy('alert.at', 'desc').orderBy('alert.id', 'desc').limit(shownAtMost).execute()
      const alerts = rows.map(view)
      return { alerts, unseen: alerts.filter(({ seen }) => !seen).length }
    },

    async get(queries, officeId, id) {
      const row = await select(queries, officeId).where('alert.id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('not-found')
      return view(row)
    },

    async markSeen(unit, officeId, id, staffId) {
      const alert = await unit.work.selectFrom('alert').select('office_id').where('id', '=', id).executeTakeFirst()
      if (!alert) throw new DomainError('not-found')
      if (alert.office_id !== officeId) throw new DomainError('other-office')
      await unit.work.updateTable('alert').set({ seen_at: unit.now, seen_by: staffId }).where('id', '=', id).where('seen_at', 'is', null).execute()
      unit.announce(officeTopic(officeId), { type: 'alert' })
    },
  }
}
