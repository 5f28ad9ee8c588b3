import { DomainError, routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CaptchaService, SolvedCaptcha } from '../captcha/service.ts'
import type { CasesService } from '../cases/service.ts'
import type { ActivationsService, ActivationView } from './service.ts'

/** The link page: any browser, no key; the token of the mail is all it has. */
export function activationsRoutes(
  registrar: Registrar,
  core: Core,
  activations: ActivationsService,
  on: { captcha: CaptchaService; cases: CasesService },
): void {
  registrar.repeatable(routes.activation.open, async ({ body }, unit) => {
    const activation = await unit(async (open) => {
      const opened = await activations.openLink(open, body.token)
      if (opened.stage === 'approved') await on.cases.touch(open, opened.caseId)
      return opened
    })
    if (activation.stage === 'expired') throw new DomainError('activation-expired')
    return { state: linkState(activation) }
  })

  registrar.write<typeof routes.activation.confirm, SolvedCaptcha>(routes.activation.confirm, {
    prepare: ({ body }) => on.captcha.verify(body.captcha),
    execute: ({ body }, unit, solved) =>
      on.captcha.spendOn(unit, solved, async () => {
        const confirmed = await activations.confirm(unit, body.token, body.code)
        if (confirmed instanceof DomainError) return confirmed
        await core.audit.append(unit.work, {
          at: unit.now,
          actor: { kind: 'public', id: 'link' },
          action: 'activation.link-confirmed',
          subject: confirmed.caseId,
        })
        await on.cases.touch(unit, confirmed.caseId)
        return confirmed.caseId
      }),
    async answer(_call, caseId) {
      const activation = await activations.findByCase(core.store, caseId)
      return { state: activation && linkState(activation) === 'done' ? 'done' : 'confirmed' }
    },
  })
}

function linkState({ stage }: ActivationView): 'waiting' | 'confirmed' | 'done' {
  if (stage === 'completed' || stage === 'awaiting-pin') return 'done'
  return stage === 'link-confirmed' ? 'confirmed' : 'waiting'
}
