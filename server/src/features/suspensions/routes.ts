import { routes, type Suspension } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CaptchaService, SolvedCaptcha } from '../captcha/service.ts'
import type { SuspensionRequests } from './requests.ts'
import type { SuspensionsService } from './service.ts'

export function suspensionsRoutes(
  registrar: Registrar,
  core: Core,
  suspensions: SuspensionsService,
  on: { captcha: CaptchaService; requests: SuspensionRequests },
): void {
  registrar.write<typeof routes.suspensions.ask, SolvedCaptcha>(routes.suspensions.ask, {
    prepare: ({ body }) => on.captcha.verify(body.captcha),
    async execute({ body }, unit, solved) {
      await on.captcha.spend(unit, solved)
      await on.requests.take(unit, body.nik)
      return 'taken'
    },
    answer: async () => ({}),
  })

  registrar.repeatable(routes.suspensions.open, ({ body }) => suspensions.open(core.store, body.token))

  registrar.write<typeof routes.suspensions.suspend, SolvedCaptcha>(routes.suspensions.suspend, {
    prepare: ({ body }) => on.captcha.verify(body.captcha),
    execute: ({ body }, unit, solved) =>
      on.captcha.spendOn(unit, solved, async () => {
        const suspension = 'token' in body ? await suspensions.byLink(unit, body.token) : await suspensions.byReceiptCode(unit, body.receiptCode)
        return JSON.stringify(suspension)
      }),
    // The instant and who lifts it: all there is to tell, and nobody's data. By then it may have been lifted.
    answer: async (_call, result) => JSON.parse(result) as Suspension,
  })
}
