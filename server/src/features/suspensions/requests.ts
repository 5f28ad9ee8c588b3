import { hour, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { inUnit, type Unit } from '../../plugins/registrar.ts'
import type { ActivityService } from '../activity/service.ts'
import type { BindingsService } from '../bindings/service.ts'
import type { CapsService } from '../caps/service.ts'
import type { MailService } from '../mail/service.ts'
import type { RegistrationsService } from '../registrations/service.ts'
import type { ResidentsService } from '../residents/service.ts'
import type { SuspensionLinks } from '../suspension-links/service.ts'

/**
 * Requests for a suspension link. Taking one writes the same row for every NIK; whose it is, and whether anybody's, is
 * looked at only later and elsewhere, so that neither the answer nor its time can tell.
 */
export interface SuspensionRequests {
  take(unit: Unit, nik: string): Promise<void>
  /** Answers those waiting by mail. */
  answerWaiting(): Promise<void>
  start(): void
  /** Resolves once the round under way is done. */
  stop(): Promise<void>
}

export interface RequestDependencies {
  readonly activity: ActivityService
  readonly bindings: BindingsService
  readonly caps: CapsService
  readonly links: SuspensionLinks
  readonly mail: MailService
  readonly registrations: RegistrationsService
  readonly residents: ResidentsService
}

/**
 * As often as a link lives: whenever one is asked for, there is a fresh one or the last is still good. A cap by the day
 * would let a thief, who knows the NIK, use it up.
 */
const mailsPerHour = { most: 1, window: hour }
const roundEvery = second
const roundSize = 50

export function createSuspensionRequests(core: Core, on: RequestDependencies): SuspensionRequests {
  const context = (id: string) => `suspension_request.nik:${id}`
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let isBusy = false

  /** Nothing is sent to an unknown, a phoneless or an already stopped person, nor a second mail while the first one's link is good. */
  async function answer(unit: Unit, nik: string): Promise<void> {
    const resident = await on.residents.findByNik(unit.work, nik)
    const binding = resident && (await on.bindings.findLiving(unit.work, resident.id))
    if (binding?.state !== 'active') return
    if ((await on.caps.spend(unit, `suspension-link:${binding.id}`, mailsPerHour)) !== undefined) return
    const { email } = await on.registrations.get(unit.work, binding.registrationId)
    const { url, expiresAt } = await on.links.issue(unit, { purpose: 'asked', target: { bindingId: binding.id }, addressee: email })
    await on.mail.enqueueSuspensionLink(unit, { to: email, link: url, expiresAt })
    await on.activity.record(unit, { residentId: binding.residentId, kind: 'suspension-link-sent' })
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'public', id: 'nik' }, action: 'suspension.link-sent', subject: binding.id })
  }

  async function answerWaiting(): Promise<void> {
    const waiting = await core.store.selectFrom('suspension_request').select('id').orderBy('id').limit(roundSize).execute()
    for (const { id } of waiting) {
      await inUnit(core, async (unit) => {
        // Whoever deletes it answers it, on whichever server.
        const taken = await unit.work.deleteFrom('suspension_request').where('id', '=', id).returning('nik').executeTakeFirst()
        if (taken) await answer(unit, core.envelope.open(taken.nik, context(id)).toString('utf8'))
      })
    }
  }

  return {
    answerWaiting,

    async take(unit, nik) {
      const id = core.ids.next()
      const sealed = core.envelope.seal(Buffer.from(nik), context(id))
      await unit.work.insertInto('suspension_request').values({ id, nik: sealed, created_at: unit.now }).execute()
    },

    start() {
      // By the clock and not by the request, so that a request's own time stays empty of it.
      timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        round = answerWaiting()
          .catch((error: unknown) => core.log.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'requests to suspend could not be answered'))
          .finally(() => void (isBusy = false))
      }, roundEvery)
      timer.unref()
    },

    async stop() {
      clearInterval(timer)
      await round
    },
  }
}
