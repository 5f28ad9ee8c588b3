import { routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { BindingsService, PinGuess } from '../bindings/service.ts'
import type { DevicesService } from '../devices/service.ts'
import type { ResumptionsService } from './service.ts'

export function resumptionsRoutes(
  registrar: Registrar,
  core: Core,
  resumptions: ResumptionsService,
  on: { bindings: BindingsService; devices: DevicesService },
): void {
  registrar.write<typeof routes.resumption.start, PinGuess>(routes.resumption.start, {
    async prepare({ caller, body }) {
      const { id } = await resumptions.getLiftable(core.store, as(caller, 'device').registrationId)
      return on.bindings.guessPin(id, body.pin)
    },
    async execute({ caller }, unit, guess) {
      const { registrationId } = as(caller, 'device')
      const binding = await resumptions.getLiftable(unit.work, registrationId)
      if (guess.outcome !== 'right') return on.bindings.refusePin(unit, guess)
      await on.bindings.holdGuessed(unit, binding.id, guess)
      return (await resumptions.sendCode(unit, binding)) ?? registrationId
    },
    answer: (_call, registrationId) => on.devices.getStatus(core.store, registrationId),
    /** A second body under one key is one more guess. */
    async reused({ caller, body }) {
      const { id } = await resumptions.getLiftable(core.store, as(caller, 'device').registrationId)
      await on.bindings.guessPin(id, body.pin)
    },
  })

  registrar.write(routes.resumption.finish, {
    async execute({ caller, body }, unit) {
      const { registrationId } = as(caller, 'device')
      const binding = await resumptions.getLiftable(unit.work, registrationId)
      return (await resumptions.finish(unit, binding, body.code)) ?? registrationId
    },
    answer: (_call, registrationId) => on.devices.getStatus(core.store, registrationId),
  })
}
