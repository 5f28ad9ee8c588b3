import { DomainError, type Route, routes } from '@ikd/contract'
import type { TSchema } from 'typebox'
import { as, type Caller, type DeskCaller } from '../../caller.ts'
import type { Core } from '../../core.ts'
import { type Call, inUnit, type Registrar, type Unit } from '../../plugins/registrar.ts'
import { officeTopic } from '../../signals.ts'
import type { CaptureResult, CapturesService } from '../captures/service.ts'
import type { CaseApprovals, ProvedApproval } from './approvals.ts'
import type { CasesService } from './service.ts'

/** Routes under `/v1/cases/:caseId` that answer with the case. */
type OnCase = Route<NonNullable<typeof routes.cases.get.params>, undefined, TSchema | undefined, typeof routes.cases.get.answer>

export function casesRoutes(registrar: Registrar, core: Core, cases: CasesService, captures: CapturesService, approvals: CaseApprovals): void {
  const { store } = core
  async function answer({ caller }: { caller: Caller }, id: string) {
    const desk = as(caller, 'desk')
    const shown = await cases.view(store, desk, id)
    if (shown.resident && shown.officer.id !== desk.staffId) await inUnit(core, (unit) => cases.recordLook(unit, desk, id))
    return shown
  }

  /** A change of one case, answered with the whole of it. */
  function changes<R extends OnCase>(route: R, change: (call: Call<R>, unit: Unit, caller: DeskCaller, caseId: string) => Promise<void>): void {
    registrar.write<OnCase>(route, {
      async execute(call, unit) {
        const { caseId } = call.params
        await change(call as Call<R>, unit, as(call.caller, 'desk'), caseId)
        return caseId
      },
      answer,
    })
  }

  registrar.read(routes.cases.get, (call) => answer(call, call.params.caseId))
  registrar.read(routes.cases.list, async ({ caller, query }) => ({ cases: await cases.list(store, as(caller, 'desk'), query.group) }))
  registrar.read(routes.cases.reference, async ({ caller, params }) => {
    const photo = await inUnit(core, (unit) => cases.getReference(unit, as(caller, 'desk'), params.caseId))
    if (photo instanceof DomainError) throw photo
    return { jpeg: photo.toString('base64') }
  })

  registrar.write(routes.cases.open, {
    execute: ({ caller, body }, unit) => cases.open(unit, as(caller, 'desk'), body),
    answer,
  })

  registrar.write(routes.cases.startCapture, {
    execute: ({ caller, params }, unit) => cases.startCapture(unit, as(caller, 'desk'), params.caseId),
    answer: (_call, captureId) => captures.getOrder(store, captureId),
  })

  registrar.write<typeof routes.cases.submitCapture, CaptureResult>(routes.cases.submitCapture, {
    async prepare({ caller, params, body }) {
      await cases.assertInHand(store, as(caller, 'desk'), params.caseId)
      const frames = captures.decodeFrames(body.frames)
      return captures.evaluate(params.caseId, params.captureId, body.nonce, frames)
    },
    async execute({ caller, params }, unit, result) {
      await cases.submitCapture(unit, as(caller, 'desk'), params.caseId, result)
      return params.caseId
    },
    answer,
  })

  registrar.repeatable(routes.cases.startApproval, ({ caller, params, body }) => approvals.start(as(caller, 'desk'), params.caseId, body))

  registrar.repeatable(routes.cases.lookForApproval, async ({ caller, params, body }, unit) => {
    const pictures = await unit((open) => approvals.look(open, as(caller, 'desk'), params.caseId, body.ticket))
    if (pictures instanceof DomainError) throw pictures
    return pictures
  })

  registrar.write<typeof routes.cases.approve, ProvedApproval | DomainError>(routes.cases.approve, {
    prepare: ({ caller, params, body }) => approvals.prove(as(caller, 'desk'), params.caseId, body),
    async execute({ caller, params }, unit, approval) {
      if (approval instanceof DomainError) return approval
      await approvals.give(unit, as(caller, 'desk'), approval)
      return params.caseId
    },
    answer,
  })

  changes(routes.cases.takeOver, ({ body }, unit, caller, id) => cases.takeOver(unit, caller, id, body.version))
  changes(routes.cases.attachPhone, ({ body }, unit, caller, id) => cases.attachPhone(unit, caller, id, body.qr))
  changes(routes.cases.askSupervisor, ({ body }, unit, caller, id) => cases.askSupervisor(unit, caller, id, body.outcome, body.reason))
  changes(routes.cases.decide, ({ body }, unit, caller, id) => cases.decide(unit, caller, id, body.outcome, body.reason))
  changes(routes.cases.correctEmail, ({ body }, unit, caller, id) => cases.correctEmail(unit, caller, id, body.email))
  changes(routes.cases.newCode, (_call, unit, caller, id) => cases.sendNewCode(unit, caller, id))
  changes(routes.cases.recordService, ({ body }, unit, caller, id) => cases.recordService(unit, caller, id, body.kind, body.note))
  changes(routes.cases.changeContact, ({ body }, unit, caller, id) => cases.changeContact(unit, caller, id, body))
  registrar.write(routes.cases.block, {
    async execute({ caller, params, body }, unit) {
      return (await cases.block(unit, as(caller, 'desk'), params.caseId, body.reason)) ?? params.caseId
    },
    answer,
  })
  changes(routes.cases.cancel, ({ body }, unit, caller, id) => cases.cancel(unit, caller, id, body.reason))

  registrar.stream(routes.cases.events, ({ caller }, emit) =>
    core.signals.subscribe(officeTopic(as(caller, 'desk').officeId), (signal) => (signal.type === 'case' || signal.type === 'alert') && emit(signal)),
  )
}
