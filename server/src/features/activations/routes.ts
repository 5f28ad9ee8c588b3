import { DomainError, routes } from '@ikd/contract'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CaptchaService } from '../captcha/service.ts'
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

  registrar.repeatable(routes.activation.confirm, async ({ body }, unit) => {
    const outcome = await unit(async (open) => {
      await on.captcha.spend(open, body.captcha)
      const confirmed = await activations.confirm(open, body.token, body.code)
      if (confirmed instanceof DomainError) return confirmed
      await core.audit.append(open.work, {
        at: open.now,
        actor: { kind: 'public', id: 'link' },
        action: 'activation.link-confirmed',
        subject: confirmed.caseId,
      })
      await on.cases.touch(open, confirmed.caseId)
      return confirmed
    })
    // A wrong code was counted and committed; only now is it told.
    if (outcome instanceof DomainError) throw outcome
    const state = linkState(outcome) === 'done' ? ('done' as const) : ('confirmed' as const)
    return { state }
  })
}

function linkState({ stage }: ActivationView): 'waiting' | 'confirmed' | 'done' {
  if (stage === 'completed' || stage === 'awaiting-pin') return 'done'
  return stage === 'link-confirmed' ? 'confirmed' : 'waiting'
}
