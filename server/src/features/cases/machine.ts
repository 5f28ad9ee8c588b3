import type { CaptureOutcome, CaseAction, CaseKind, CaseState, ContactKind } from '@ikd/contract'

/** All that decides what may happen next in a case. */
export interface CaseModel {
  readonly kind: CaseKind
  readonly state: CaseState
  /** Outcome of the last capture. */
  readonly captureOutcome?: CaptureOutcome
  /** Captures handed in during this visit, whatever came of them. */
  readonly captureAttempts: number
  /** A second person was asked for exactly this outcome; `given` once they approved it. */
  readonly supervision?: { readonly outcome: 'approve' | 'refuse'; readonly given: boolean }
}

export type CaseEvent =
  | { readonly type: 'attach-phone' }
  | { readonly type: 'confirm' }
  | { readonly type: 'start-capture' }
  /** `isHopeless`: another capture can change nothing, e.g. because the photograph on record cannot be read. */
  | { readonly type: 'submit-capture'; readonly outcome: CaptureOutcome; readonly isHopeless?: boolean }
  /** `isDue`: see isSupervisorDue. */
  | { readonly type: 'ask-supervisor'; readonly outcome: 'approve' | 'refuse'; readonly isDue: boolean }
  | { readonly type: 'give-approval'; readonly outcome: 'approve' | 'refuse' }
  | { readonly type: 'approve' }
  | { readonly type: 'refuse' }
  | { readonly type: 'correct-email' }
  | { readonly type: 'send-new-code' }
  | { readonly type: 'activate' }
  | { readonly type: 'record-service' }
  | { readonly type: 'block' }
  | { readonly type: 'change-contact'; readonly contact: ContactKind }
  /** The new e-mail has answered. */
  | { readonly type: 'confirm-address' }
  | { readonly type: 'cancel' }
  /** Another officer, or the same at another desk, has it from now on. */
  | { readonly type: 'take-over' }
  /** The approved face is somebody else's as well. */
  | { readonly type: 'find-duplicate' }
  /** Nobody came back to it for a day. */
  | { readonly type: 'expire' }

export const endStates: readonly CaseState[] = ['completed', 'refused', 'cancelled']

/** What is for the officer who has the case, and not for those who come to it. */
export type OfficerAction = Exclude<CaseAction, 'take-over' | 'give-approval'>

/** What the desk may do in each state. Whoever adds a state is asked here by the type system. */
const open: Record<CaseState, readonly OfficerAction[]> = {
  'awaiting-phone': ['attach-phone', 'cancel'],
  'ineligible': ['refuse', 'cancel'],
  'awaiting-confirmation': ['refuse', 'cancel'],
  'awaiting-capture': ['start-capture', 'submit-capture', 'refuse', 'ask-supervisor', 'cancel'],
  'awaiting-decision': ['start-capture', 'submit-capture', 'approve', 'change-contact', 'refuse', 'ask-supervisor', 'cancel'],
  'awaiting-supervisor': ['refuse', 'cancel'],
  'approved': ['correct-email', 'send-new-code', 'cancel'],
  'completed': [],
  'refused': [],
  'cancelled': [],
  'recording': ['record-service', 'cancel'],
  'awaiting-reason': ['block', 'cancel'],
  'awaiting-address': ['change-contact', 'cancel'],
}

/** Approval takes a second person when a phone is replaced or comes back to life, and whenever the face did not clearly match. */
export function needsSupervisor(model: CaseModel): boolean {
  return model.kind === 'rebinding' || model.kind === 'unblock' || model.captureOutcome !== 'match'
}

/** So many captures without a match, and a resident is not asked for another: somebody decides. */
export const attemptsBeforeSupervisor = 3

/** From the first capture to the decision. */
const beforeTheFace: readonly CaseState[] = ['awaiting-capture', 'awaiting-decision', 'awaiting-supervisor']

/**
 * Whether the supervisor's path is the next thing to do: after so many captures of this visit without a match, or when the
 * resident has none left today, whichever visits they were spent in. Failures to acquire count like the rest: fifteen failed
 * captures in a row with no way on is what people complain of most. Once a supervisor was asked, it stays so over midnight.
 *
 * @param capturesLeft of this resident today, over all visits
 */
export function isSupervisorDue({ state, captureOutcome, captureAttempts, supervision }: CaseModel, capturesLeft: number): boolean {
  if (captureOutcome === 'match' || !beforeTheFace.includes(state)) return false
  return captureAttempts >= attemptsBeforeSupervisor || capturesLeft === 0 || supervision !== undefined
}

/** Whether a face was compared in the last capture. */
export function isCompared(outcome: CaptureOutcome | null | undefined): boolean {
  return outcome !== null && outcome !== undefined && outcome !== 'failure-to-acquire'
}

/** On what strength the photograph on record is shown. */
export type ReferenceGround = 'match' | 'second-person' | 'approved' | 'compared' | 'supervisor-due'

/** Who looks at which visit. */
export interface ReferenceLook {
  /** Of all captures of the visit, whichever came last: what was released stays released. */
  readonly outcomes: readonly CaptureOutcome[]
  /** A phone at the desk has confirmed the visit. */
  readonly isConfirmed: boolean
  /** See isSupervisorDue. */
  readonly isDue: boolean
  /** Whoever looks may be this visit's second person. */
  readonly isSecond: boolean
}

/**
 * Why somebody may see the photograph on record now; undefined: they may not. A face that matched is the person's own; who was asked to
 * decide has to see whom about, and once they have approved it two people are in it. Short of that, anybody's face before the
 * camera, or none, would fetch anybody's photograph: it takes a phone that has confirmed that its holder is here.
 */
export function groundForReference({ state, supervision }: CaseModel, { outcomes, isConfirmed, isDue, isSecond }: ReferenceLook): ReferenceGround | undefined {
  if (endStates.includes(state)) return undefined
  if (outcomes.includes('match')) return 'match'
  if (isSecond && state === 'awaiting-supervisor') return 'second-person'
  if (supervision?.given) return 'approved'
  if (!isConfirmed) return undefined
  if (outcomes.some(isCompared)) return 'compared'
  return isDue ? 'supervisor-due' : undefined
}

/** What an approved visit comes to: a contact case gives the new contact, every other ends in a phone that works. */
const isApproval = (action: OfficerAction): boolean => action === 'approve' || action === 'change-contact'

/** @param isDue see isSupervisorDue; nothing but asking a supervisor hangs on it */
export function actionsOf(model: CaseModel, isDue: boolean): readonly OfficerAction[] {
  const approvable = !needsSupervisor(model) || (model.supervision?.outcome === 'approve' && model.supervision.given)
  return open[model.state].filter((action) => {
    if (isApproval(action)) return approvable && (action === 'change-contact') === (model.kind === 'contact')
    // A face that was never compared is first tried again: with one dark picture nobody gets round the comparison.
    if (action === 'ask-supervisor') return !approvable && (isCompared(model.captureOutcome) || isDue)
    return true
  })
}

/** The case after an event; undefined when the event has no place in this state. */
export function advance(model: CaseModel, event: CaseEvent): CaseModel | undefined {
  const { state } = model
  switch (event.type) {
    case 'confirm':
      return state === 'awaiting-confirmation' ? { ...model, state: 'awaiting-capture' } : undefined
    case 'give-approval':
      // A one-shot approval: of the outcome that was asked for, and no other.
      if (state !== 'awaiting-supervisor' || model.supervision?.outcome !== event.outcome) return undefined
      return { ...model, state: 'awaiting-decision', supervision: { outcome: event.outcome, given: true } }
    case 'take-over':
      if (endStates.includes(state)) return undefined
      // What a supervisor approved was as its officer had it; what was decided since stays decided.
      return state === 'awaiting-decision' ? withoutSupervision(model) : model
    case 'find-duplicate':
      return state === 'approved' ? { ...model, state: 'refused' } : undefined
    case 'activate':
      return state === 'approved' ? { ...model, state: 'completed' } : undefined
    case 'confirm-address':
      return state === 'awaiting-address' ? { ...model, state: 'completed' } : undefined
    case 'expire':
      return endStates.includes(state) ? undefined : act(model, { type: 'cancel' })
    default:
      return actionsOf(model, event.type === 'ask-supervisor' && event.isDue).includes(event.type) ? act(model, event) : undefined
  }
}

function withoutSupervision({ supervision: _dropped, ...unsupervised }: CaseModel): CaseModel {
  return unsupervised
}

function act(model: CaseModel, event: Extract<CaseEvent, { type: OfficerAction }>): CaseModel {
  switch (event.type) {
    case 'attach-phone':
      return { ...model, state: 'awaiting-confirmation' }
    case 'submit-capture':
      // What a supervisor approved was another face comparison.
      return {
        ...withoutSupervision(model),
        state: 'awaiting-decision',
        captureOutcome: event.outcome,
        captureAttempts: event.isHopeless ? Math.max(model.captureAttempts + 1, attemptsBeforeSupervisor) : model.captureAttempts + 1,
      }
    case 'ask-supervisor':
      return { ...model, state: 'awaiting-supervisor', supervision: { outcome: event.outcome, given: false } }
    case 'approve':
      // A phone that is unblocked has its key and PIN already.
      return { ...model, state: model.kind === 'unblock' ? 'completed' : 'approved' }
    case 'change-contact':
      return { ...model, state: event.contact === 'email' ? 'awaiting-address' : 'completed' }
    case 'block':
      return { ...model, state: 'completed' }
    case 'refuse':
      return { ...model, state: 'refused' }
    case 'cancel':
      return { ...model, state: model.state === 'recording' ? 'completed' : 'cancelled' }
    case 'start-capture':
    case 'correct-email':
    case 'send-new-code':
    case 'record-service':
      return model
  }
}
