import { routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CaptchaService } from '../captcha/service.ts'
import type { SuspensionRequests } from './requests.ts'
import type { SuspensionsService } from './service.ts'

export function suspensionsRoutes(
  registrar: Registrar,
  core: Core,
  suspensions: SuspensionsService,
  on: { captcha: CaptchaService; requests: SuspensionRequests },
): void {
  registrar.repeatable(routes.suspensions.ask, async ({ body }, unit) => {
    await unit(async (open) => {
      await on.captcha.spend(open, body.captcha)
      await on.requests.take(open, body.nik)
    })
    return {}
  })

  registrar.repeatable(routes.suspensions.open, ({ body }) => suspensions.open(core.store, body.token))

  registrar.repeatable(routes.suspensions.suspend, async ({ body }, unit) => {
    // Committed by itself: a captcha is gone whatever comes of the guess it went with.
    await unit((open) => on.captcha.spend(open, body.captcha))
    return unit((open) => ('token' in body ? suspensions.byLink(open, body.token) : suspensions.byReceiptCode(open, body.receiptCode)))
  })
}
