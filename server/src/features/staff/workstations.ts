import { DomainError, type Workstation, type WorkstationPower } from '@ikd/contract'
import { day } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { keyedHash } from '../../security/digest.ts'
import { readableCode } from '../../security/random.ts'
import type { AlertsService } from '../alerts/service.ts'
import { enrolmentCodeHash } from './enrolment.ts'

/** Machines that are counters. */
export interface Workstations {
  enrol(unit: Unit, jkt: string, enrolmentCode: string): Promise<string>
  getWorkstation(queries: Queries, id: string): Promise<Workstation>
  findWorkstationByKey(queries: Queries, jkt: string): Promise<Workstation | undefined>
  /** A one-time enrolment code, as the id it is derived from: the database holds no code, and a lost answer can be given again. */
  makeEnrolment(unit: Unit, officeId: string, enrolment: { label: string; powers: readonly WorkstationPower[] }): Promise<string>
  getEnrolmentCode(queries: Queries, id: string): Promise<{ code: string; expiresAt: number }>
}

const enrolmentLifetime = day

export function createWorkstations(core: Core, alerts: AlertsService): Workstations {
  const select = (queries: Queries) =>
    queries
      .selectFrom('workstation')
      .innerJoin('office', 'office.id', 'workstation.office_id')
      .select(['workstation.id', 'workstation.label', 'workstation.powers', 'office.id as officeId', 'office.name as officeName'])
      .where('workstation.revoked_at', 'is', null)
  const view = (row: { id: string; label: string; powers: string; officeId: string; officeName: string }): Workstation => ({
    id: row.id,
    label: row.label,
    office: { id: row.officeId, name: row.officeName },
    powers: JSON.parse(row.powers) as WorkstationPower[],
  })

  const codeOf = (id: string) => readableCode(Buffer.from(keyedHash(core.secrets.derive('enrolment'), 'code', id), 'hex').subarray(0, 12))

  return {
    async makeEnrolment({ work, now }, officeId, { label, powers }) {
      const id = core.ids.next()
      await work
        .insertInto('workstation_enrolment')
        .values({
          id, code_hash: enrolmentCodeHash(core.secrets, codeOf(id)), office_id: officeId, label, powers: JSON.stringify(powers),
          expires_at: now + enrolmentLifetime, used_at: null,
        })
        .execute()
      return id
    },

    async getEnrolmentCode(queries, id) {
      const row = await queries.selectFrom('workstation_enrolment').select('expires_at').where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('not-found')
      return { code: codeOf(id), expiresAt: row.expires_at }
    },

    async findWorkstationByKey(queries, jkt) {
      const row = await select(queries).where('workstation.jkt', '=', jkt).executeTakeFirst()
      return row && view(row)
    },

    async getWorkstation(queries, id) {
      const row = await select(queries).where('workstation.id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('workstation-unknown')
      return view(row)
    },

    async enrol(unit, jkt, enrolmentCode) {
      const enrolment = await unit.work
        .updateTable('workstation_enrolment')
        .set({ used_at: unit.now })
        .where('code_hash', '=', enrolmentCodeHash(core.secrets, enrolmentCode))
        .where('used_at', 'is', null)
        .where('expires_at', '>', unit.now)
        .returning(['office_id', 'label', 'powers'])
        .executeTakeFirst()
      if (!enrolment) throw new DomainError('enrolment-code-wrong')
      // A key is enrolled once: enrolling it again moves it to the new office and powers.
      const known = await unit.work.selectFrom('workstation').select('id').where('jkt', '=', jkt).executeTakeFirst()
      const id = known?.id ?? core.ids.next()
      const row = { office_id: enrolment.office_id, label: enrolment.label, powers: enrolment.powers, enrolled_at: unit.now, revoked_at: null }
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
      await alerts.raise(unit, { officeId: enrolment.office_id, kind: 'workstation-enrolled', workstationId: id })
      return id
    },
  }
}
