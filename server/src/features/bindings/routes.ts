import { DomainError, routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { Tokens } from '../../plugins/tokens.ts'
import type { BindingsService, PinGuess } from './service.ts'

export function bindingsRoutes(registrar: Registrar, core: Core, tokens: Tokens, bindings: BindingsService): void {
  registrar.write<typeof routes.holder.unlock, { bindingId: string; guess: PinGuess }>(routes.holder.unlock, {
    async prepare({ caller, body }) {
      const binding = await bindings.findByRegistration(core.store, as(caller, 'device').registrationId)
      if (binding?.state !== 'active') throw new DomainError('device-state-wrong')
      return { bindingId: binding.id, guess: await bindings.guessPin(binding.id, body.pin) }
    },
    async execute({ caller }, unit, { bindingId, guess }) {
      if (guess !== 'right') return bindings.refusePin(unit.work, bindingId, guess)
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id: as(caller, 'device').registrationId },
        action: 'binding.unlocked',
        subject: bindingId,
      })
      return bindingId
    },
    answer: async ({ caller }, bindingId) => tokens.issue('holder', bindingId, as(caller, 'device').jkt),
  })

  registrar.write<typeof routes.holder.changePin, { refusal: Exclude<PinGuess, 'right'> } | { pinHash: string }>(routes.holder.changePin, {
    async prepare({ caller, body }) {
      const guess = await bindings.guessPin(as(caller, 'holder').bindingId, body.currentPin)
      return guess === 'right' ? { pinHash: await bindings.hashNewPin(body.newPin) } : { refusal: guess }
    },
    async execute({ caller }, unit, prepared) {
      const { bindingId, residentId } = as(caller, 'holder')
      if ('refusal' in prepared) return bindings.refusePin(unit.work, bindingId, prepared.refusal)
      await bindings.changePin(unit, bindingId, residentId, prepared.pinHash)
      return String(unit.now)
    },
    answer: async (_call, changedAt) => ({ changedAt: Number(changedAt) }),
  })
}
