import { type AlertKind, DomainError } from '@ikd/contract'
import type { DeskCaller } from '../../caller.ts'
import { day, hour } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import type { AlertsService } from '../alerts/service.ts'
import type { BindingsService } from '../bindings/service.ts'
import type { Cap, CapsService } from '../caps/service.ts'
import type { MailService } from '../mail/service.ts'
import type { OfficesService } from '../offices/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'
import type { ResidentsService } from '../residents/service.ts'

/** Who of an office's staff looks, and at which desk. */
export type Looker = Pick<DeskCaller, 'staffId' | 'name' | 'officeId' | 'workstationId'>

/** Why the photograph on record is shown: the rules are those of the visit (`cases/machine.ts`) and of a duplicate's finding. */
export type Ground = 'match' | 'compared' | 'supervisor-due' | 'second-person' | 'approved' | 'duplicate'

export interface ReferenceLook {
  readonly residentId: string
  /** What the look belongs to: looking again is the same look. */
  readonly visitId: string
  readonly ground: Ground
  /** The registration of the phone that has confirmed the visit, if one has. */
  readonly phone: string | null
}

/** The only way in which the photograph on record reaches an office. */
export interface ReferencesService {
  /**
   * Shows it, and counts it unless the face matched: anybody's face that does not match, or none at all, must not fetch photographs
   * one after the other. The resident hears of it by mail. Audit entry and *Histori* are the caller's.
   *
   * @returns over the cap the refusal, to be committed with what was recorded of it
   * @throws DomainError `reference-missing`
   */
  show(unit: Unit, looker: Looker, look: ReferenceLook): Promise<Buffer | DomainError>
}

interface Caps {
  readonly name: string
  /** `before`: with so few left the office's admins hear of it. */
  readonly caps: readonly (Cap & { readonly before: number })[]
}

/** An officer who looks alone. More faces in a row that do not match than a bad day has: then a supervisor comes and looks. */
const alone: Caps = { name: 'alone', caps: [{ most: 6, window: hour, before: 2 }, { most: 15, window: day, before: 5 }] }
/** One of two people: asked to decide, or shown what the other one has approved. */
const withAnother: Caps = { name: 'with-another', caps: [{ most: 20, window: hour, before: 5 }, { most: 60, window: day, before: 15 }] }

const capsOf: Record<Exclude<Ground, 'match'>, Caps> = {
  'compared': alone,
  'supervisor-due': alone,
  'second-person': withAnother,
  'approved': withAnother,
  'duplicate': withAnother,
}

/** Pressing on tells nothing new. */
const alertsOfOfficer = { most: 1, window: hour }
/** Looks of several officers in one day are one mail; each of them stands in *Histori*. */
const mailsOfResident = { most: 1, window: day }
const sameLook = { most: 1, window: day }

export interface ReferencesDependencies {
  readonly alerts: Pick<AlertsService, 'raise'>
  readonly bindings: Pick<BindingsService, 'findLatest'>
  readonly caps: CapsService
  readonly mail: Pick<MailService, 'enqueueNotice'>
  readonly offices: Pick<OfficesService, 'get'>
  readonly registrations: Pick<RegistrationsService, 'get'>
  readonly residents: Pick<ResidentsService, 'findPhoto'>
}

export function createReferencesService(core: Core, on: ReferencesDependencies): ReferencesService {
  async function raise(unit: Unit, { officeId, staffId, workstationId }: Looker, kind: AlertKind): Promise<void> {
    const isTold = (await on.caps.spend(unit, `${kind}:${staffId}`, alertsOfOfficer)) !== undefined
    if (!isTold) await on.alerts.raise(unit, { officeId, kind, staffId, workstationId })
  }

  async function count(unit: Unit, looker: Looker, { visitId, ground }: ReferenceLook & { ground: keyof typeof capsOf }): Promise<DomainError | undefined> {
    const { name, caps } = capsOf[ground]
    const key = (cap: Cap) => `photo-${name}:${looker.staffId}:${cap.window}`
    const look = `photo-look:${looker.staffId}:${visitId}`
    // From here on nobody else counts for this officer, at whichever server.
    await on.caps.hold(unit, `photo-looks:${looker.staffId}`)
    if ((await on.caps.countLeft(unit.work, look, sameLook)) === 0) return undefined
    for (const cap of caps) {
      const retryAt = await on.caps.spend(unit, key(cap), cap)
      if (retryAt === undefined) continue
      await core.audit.append(unit.work, {
        at: unit.now, actor: { kind: 'staff', id: looker.staffId }, action: 'reference.cap-reached', subject: visitId, detail: { ground, workstation: looker.workstationId },
      })
      await raise(unit, looker, 'photo-cap-reached')
      return new DomainError('reference-cap-reached', { retryAt })
    }
    await on.caps.spend(unit, look, sameLook)
    for (const cap of caps) {
      if ((await on.caps.countLeft(unit.work, key(cap), cap)) <= cap.before) await raise(unit, looker, 'photos-without-match')
    }
    return undefined
  }

  /** Where the resident is known to read: the phone in force or the last one, else the phone at the desk; before any phone nowhere. */
  async function findAddress(queries: Queries, { residentId, phone }: ReferenceLook): Promise<string | undefined> {
    const bound = await on.bindings.findLatest(queries, residentId)
    const registrationId = bound && bound.state !== 'released' ? bound.registrationId : phone
    return registrationId === null ? undefined : (await on.registrations.get(queries, registrationId)).email
  }

  async function tell(unit: Unit, { officeId }: Looker, look: ReferenceLook): Promise<void> {
    const to = await findAddress(unit.work, look)
    if (to === undefined || (await on.caps.spend(unit, `photo-mail:${look.residentId}`, mailsOfResident)) !== undefined) return
    await on.mail.enqueueNotice(unit, { to, notice: 'photo-seen', officeName: (await on.offices.get(unit.work, officeId)).name })
  }

  return {
    async show(unit, looker, look) {
      const photo = await on.residents.findPhoto(unit.work, look.residentId)
      if (!photo) throw new DomainError('reference-missing')
      const { ground } = look
      if (ground === 'match') return photo
      const refusal = await count(unit, looker, { ...look, ground })
      if (refusal) return refusal
      await tell(unit, looker, look)
      return photo
    },
  }
}
