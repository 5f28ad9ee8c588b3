import { DomainError, routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { BindingsService, PinGuess } from '../bindings/service.ts'
import type { CaptchaService, SolvedCaptcha } from '../captcha/service.ts'
import type { CasesService } from '../cases/service.ts'
import type { ContactsService } from './service.ts'

export interface ContactRoutesDependencies {
  readonly bindings: BindingsService
  readonly captcha: CaptchaService
  readonly cases: CasesService
}

export function contactsRoutes(registrar: Registrar, core: Core, contacts: ContactsService, on: ContactRoutesDependencies): void {
  const { store } = core
  const view = async (bindingId: string) => contacts.view(store, await on.bindings.get(store, bindingId))

  registrar.read(routes.contacts.get, ({ caller }) => view(as(caller, 'holder').bindingId))

  registrar.write<typeof routes.contacts.start, PinGuess>(routes.contacts.start, {
    prepare: ({ caller, body }) => on.bindings.guessPin(as(caller, 'holder').bindingId, body.pin),
    async execute({ caller, body }, unit, guess) {
      const { bindingId } = as(caller, 'holder')
      if (guess.outcome !== 'right') return on.bindings.refusePin(unit, guess)
      const binding = await on.bindings.holdGuessed(unit, bindingId, guess)
      if (binding.state !== 'active') throw new DomainError('device-state-wrong')
      await contacts.start(unit, binding, 'email' in body ? { email: body.email } : { phone: body.phone })
      return bindingId
    },
    answer: (_call, bindingId) => view(bindingId),
    /** A second body under one key is one more guess. */
    reused: ({ caller, body }) => on.bindings.guessPin(as(caller, 'holder').bindingId, body.pin),
  })

  registrar.write(routes.contacts.confirm, {
    async execute({ caller, body }, unit) {
      const { bindingId } = as(caller, 'holder')
      return (await contacts.confirm(unit, await on.bindings.get(unit.work, bindingId), body.address, body.code)) ?? bindingId
    },
    answer: (_call, bindingId) => view(bindingId),
  })

  registrar.write(routes.contacts.cancel, {
    async execute({ caller }, unit) {
      const { bindingId } = as(caller, 'holder')
      await contacts.cancel(unit, await on.bindings.get(unit.work, bindingId))
      return bindingId
    },
    answer: (_call, bindingId) => view(bindingId),
  })

  registrar.repeatable(routes.contacts.openLink, async ({ body }) => {
    const { caseId, state, expiresAt } = await contacts.atDesk.getByLink(store, body.token)
    return { state, expiresAt, office: await on.cases.getOfficeName(store, caseId) }
  })

  registrar.write<typeof routes.contacts.confirmLink, SolvedCaptcha>(routes.contacts.confirmLink, {
    prepare: ({ body }) => on.captcha.verify(body.captcha),
    execute: ({ body }, unit, solved) =>
      on.captcha.spendOn(unit, solved, async () => {
        const { caseId, state } = await contacts.atDesk.getByLink(unit.work, body.token)
        if (state === 'confirmed') return caseId
        await contacts.atDesk.confirm(unit, body.token, await on.cases.getOfficeName(unit.work, caseId))
        await on.cases.confirmAddress(unit, caseId)
        return caseId
      }),
    answer: async () => ({ state: 'confirmed' }),
  })
}
