import { DomainError, routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { Tokens } from '../../plugins/tokens.ts'
import type { ResidentsService } from '../residents/service.ts'
import type { BindingsService, PinGuess, RefusedPin, RightPin } from './service.ts'

export function bindingsRoutes(registrar: Registrar, core: Core, tokens: Tokens, bindings: BindingsService, residents: ResidentsService): void {
  /** A second body under one key is one more guess. */
  async function countGuess(registrationId: string, pin: string): Promise<void> {
    const binding = await bindings.findByRegistration(core.store, registrationId)
    if (binding?.state === 'active') await bindings.guessPin(binding.id, pin)
  }

  registrar.write<typeof routes.holder.unlock, { bindingId: string; guess: PinGuess }>(routes.holder.unlock, {
    async prepare({ caller, body }) {
      const binding = await bindings.findByRegistration(core.store, as(caller, 'device').registrationId)
      if (binding?.state !== 'active') throw new DomainError('device-state-wrong')
      return { bindingId: binding.id, guess: await bindings.guessPin(binding.id, body.pin) }
    },
    async execute({ caller }, unit, { bindingId, guess }) {
      if (guess.outcome !== 'right') return bindings.refusePin(unit, guess)
      if ((await bindings.holdGuessed(unit, bindingId, guess)).state !== 'active') throw new DomainError('device-state-wrong')
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'device', id: as(caller, 'device').registrationId },
        action: 'binding.unlocked',
        subject: bindingId,
      })
      return `${bindingId} ${unit.now}`
    },
    async answer({ caller }, result) {
      const [bindingId, at] = result.split(' ') as [string, string]
      if (!(await bindings.stillUnlocked(core.store, bindingId, Number(at)))) throw new DomainError('token-expired')
      return tokens.issue('holder', bindingId, as(caller, 'device').jkt)
    },
    replayFor: minute,
    reused: ({ caller, body }) => countGuess(as(caller, 'device').registrationId, body.pin),
  })

  registrar.write<typeof routes.holder.changePin, { refusal: RefusedPin } | { guess: RightPin; pinHash: string }>(routes.holder.changePin, {
    async prepare({ caller, body }) {
      const { bindingId, residentId } = as(caller, 'holder')
      const guess = await bindings.guessPin(bindingId, body.currentPin)
      if (guess.outcome !== 'right') return { refusal: guess }
      const { birthDate } = await residents.get(core.store, residentId)
      return { guess, pinHash: await bindings.hashNewPin(body.newPin, birthDate) }
    },
    async execute({ caller }, unit, prepared) {
      if ('refusal' in prepared) return bindings.refusePin(unit, prepared.refusal)
      await bindings.changePin(unit, as(caller, 'holder').bindingId, prepared.guess, prepared.pinHash)
      return String(unit.now)
    },
    answer: async (_call, changedAt) => ({ changedAt: Number(changedAt) }),
    reused: ({ caller, body }) => countGuess(as(caller, 'holder').registrationId, body.currentPin),
  })
}
