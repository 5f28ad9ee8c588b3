import { type DeviceSession, DomainError, routes } from '@ikd/contract'
import { as, type DeviceCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Registrar, Unit } from '../../plugins/registrar.ts'
import type { Tokens } from '../../plugins/tokens.ts'
import { registrationTopic } from '../../signals.ts'
import type { ActivationView } from '../activations/service.ts'
import type { CaptchaService, SolvedCaptcha } from '../captcha/service.ts'
import type { ResidentsService } from '../residents/service.ts'
import type { DevicesDependencies, DevicesService } from './service.ts'

export function devicesRoutes(
  registrar: Registrar,
  core: Core,
  tokens: Tokens,
  devices: DevicesService,
  on: DevicesDependencies & { captcha: CaptchaService; residents: ResidentsService },
): void {
  const { store } = core

  async function session(registrationId: string, jkt: string): Promise<DeviceSession> {
    return { token: tokens.issue('device', registrationId, jkt), status: await devices.getStatus(store, registrationId) }
  }

  /** The approval this phone is on its way from, and the office that gave it. */
  async function approvalOf(queries: Queries, caller: DeviceCaller): Promise<{ activation: ActivationView; officeId: string }> {
    const visit = await on.cases.findOfPhone(queries, caller.registrationId)
    const activation = await on.activations.findByRegistration(queries, caller.registrationId)
    if (visit?.state !== 'approved' || activation?.caseId !== visit.id) throw new DomainError('device-state-wrong')
    return { activation, officeId: visit.officeId }
  }

  async function audit(unit: Unit, caller: DeviceCaller, action: string, activation: ActivationView): Promise<void> {
    await core.audit.append(unit.work, { at: unit.now, actor: { kind: 'device', id: caller.registrationId }, action, subject: activation.caseId })
  }

  registrar.write<typeof routes.device.register, SolvedCaptcha>(routes.device.register, {
    async prepare({ body }) {
      if (body.consentVersion.trim() === '') throw new DomainError('consent-missing')
      return on.captcha.verify(body.captcha)
    },
    async execute({ caller, body }, unit, solved) {
      const { jkt, jwk } = as(caller, 'key')
      await on.captcha.spend(unit, solved)
      return on.registrations.register(unit, { jkt, jwk, ...body })
    },
    answer: ({ caller }, id) => session(id, as(caller, 'key').jkt),
  })

  registrar.repeatable(routes.device.session, async ({ caller }) => {
    const { jkt } = as(caller, 'key')
    const registration = await on.registrations.findByKey(store, jkt)
    if (!registration) throw new DomainError('device-unknown')
    return session(registration.id, jkt)
  })

  registrar.read(routes.device.status, ({ caller }) => devices.getStatus(store, as(caller, 'device').registrationId))

  registrar.read(routes.device.nonce, async () => ({ ...core.epochNonces.issue(), serverTime: core.clock.now() }))

  registrar.stream(routes.device.events, ({ caller }, emit) =>
    core.signals.subscribe(registrationTopic(as(caller, 'device').registrationId), (signal) => {
      if (signal.type === 'status' || signal.type === 'scanned') emit(signal)
    }),
  )

  registrar.write(routes.device.confirmCase, {
    async execute({ caller, body }, unit) {
      const { registrationId } = as(caller, 'device')
      return (await on.cases.confirm(unit, registrationId, body.code)) ?? registrationId
    },
    answer: (_call, id) => devices.getStatus(store, id),
  })

  registrar.write(routes.device.enterCode, {
    async execute({ caller, body }, unit) {
      const device = as(caller, 'device')
      const { activation } = await approvalOf(unit.work, device)
      const refusal = await on.activations.consume(unit, activation, body.code)
      if (refusal) return refusal
      await audit(unit, device, 'activation.code-consumed', activation)
      await on.cases.touch(unit, activation.caseId)
      return device.registrationId
    },
    answer: (_call, id) => devices.getStatus(store, id),
  })

  registrar.write(routes.device.newCode, {
    async execute({ caller }, unit) {
      const device = as(caller, 'device')
      const { activation, officeId } = await approvalOf(unit.work, device)
      await on.activations.reissue(unit, activation, {
        name: (await on.residents.get(unit.work, activation.residentId)).name,
        officeName: (await on.offices.get(unit.work, officeId)).name,
      })
      await audit(unit, device, 'activation.code-renewed', activation)
      await on.cases.touch(unit, activation.caseId)
      return device.registrationId
    },
    answer: (_call, id) => devices.getStatus(store, id),
  })

  registrar.write<typeof routes.device.setPin, string>(routes.device.setPin, {
    async prepare({ caller, body }) {
      const { activation } = await approvalOf(store, as(caller, 'device'))
      return on.bindings.hashNewPin(body.pin, (await on.residents.get(store, activation.residentId)).birthDate)
    },
    async execute({ caller }, unit, pinHash) {
      const device = as(caller, 'device')
      const { activation, officeId } = await approvalOf(unit.work, device)
      await on.activations.complete(unit, activation)
      const { residentId, caseId } = activation
      const office = (await on.offices.get(unit.work, officeId)).name
      await on.bindings.bind(unit, { residentId, registrationId: device.registrationId, caseId, jkt: device.jkt, pinHash, office })
      await on.registrations.keepWhileBound(unit, device.registrationId)
      await on.cases.complete(unit, caseId)
      return device.registrationId
    },
    answer: (_call, id) => devices.getStatus(store, id),
  })
}
