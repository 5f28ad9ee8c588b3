import type { Capture, Case, CaseAction } from '@ikd/contract'

/** What the one case screen is about, at this moment. */
export type CaseStep = 'phone' | 'eligibility' | 'confirmation' | 'capture' | 'decision' | 'supervision' | 'activation' | 'service' | 'block' | 'address' | 'ended' | 'elsewhere'

/**
 * A button of the case screen. All come from `case.actions`; where the same action needs a second person first, it becomes
 * `supervise` (a supervisor who comes to this desk) here.
 */
export type CaseButton =
  | 'approve'
  | 'refuse'
  | 'ask-supervisor'
  | 'supervise'
  | 'give-approval'
  | 'take-over'
  | 'capture-again'
  | 'correct-email'
  | 'send-new-code'
  | 'block'
  | 'change-contact'
  | 'finish'
  | 'cancel'
  | 'go-home'

export interface CaseView {
  readonly step: CaseStep
  /** F8, and where the focus goes. Absent while the step's own part is the next thing to do (scan, wait, capture). */
  readonly primary?: CaseButton
  readonly others: readonly CaseButton[]
}

/** The newest capture, if any. */
export function newestCapture(shown: Pick<Case, 'captures'>): Capture | undefined {
  return shown.captures.reduce<Capture | undefined>((newest, capture) => (newest && newest.at > capture.at ? newest : capture), undefined)
}

/**
 * What the keys and buttons of a case do now, as a string that changes when any of them changes. A new capture counts as a change:
 * the same key again would spend another attempt, or decide on a picture nobody has looked at.
 */
export function keyMeaning(shown: Case, { step, primary, others }: CaseView): string {
  return [shown.id, step, primary ?? '', ...others, newestCapture(shown)?.id ?? ''].join(' ')
}

export function caseView(shown: Case): CaseView {
  const may = (action: CaseAction) => shown.actions.includes(action)
  const close = (...buttons: CaseButton[]): CaseButton[] => (may('cancel') ? [...buttons, 'cancel'] : buttons)
  if (!shown.here && shown.closedAt === undefined) return elsewhere(may)
  switch (shown.state) {
    case 'awaiting-phone':
      return { step: 'phone', others: close() }
    case 'ineligible':
      return may('refuse') ? { step: 'eligibility', primary: 'refuse', others: close() } : { step: 'eligibility', others: close() }
    case 'awaiting-confirmation':
      return { step: 'confirmation', others: close(...only(may('refuse'), 'refuse')) }
    case 'awaiting-capture':
      // With none left today there is nothing to capture: somebody decides.
      return isDecidedByEye(shown) ? decision(shown, may, close) : { step: 'capture', others: close(...only(may('refuse'), 'refuse')) }
    case 'awaiting-decision':
      return decision(shown, may, close)
    case 'awaiting-supervisor':
      return supervision(may, close)
    case 'approved':
      return activation(shown, may, close)
    case 'recording':
      // The form of the service itself is the next thing to do until one request is recorded.
      return shown.serviceRequests.length > 0 && may('cancel') ? { step: 'service', primary: 'finish', others: [] } : { step: 'service', others: close() }
    case 'awaiting-reason':
      return may('block') ? { step: 'block', primary: 'block', others: close() } : { step: 'block', others: close() }
    case 'awaiting-address':
      return address(shown, may, close)
    case 'completed':
    case 'refused':
    case 'cancelled':
      return { step: 'ended', primary: 'go-home', others: [] }
  }
}

/** While a face is captured the camera stays, also where it is the last capture of the day and somebody decides after it. */
export function capturingView(shown: Case): CaseView {
  const view = caseView(shown)
  return view.step === 'decision' ? { step: 'capture', others: view.others.filter((button) => button !== 'capture-again') } : view
}

/** Another officer's, or at another desk: no camera runs here, and nothing is decided before it is taken over. */
function elsewhere(may: May): CaseView {
  const [primary, ...others] = [...only(may('give-approval'), 'give-approval'), ...only(may('take-over'), 'take-over')]
  return primary === undefined ? { step: 'elsewhere', others } : { step: 'elsewhere', primary, others }
}

type May = (action: CaseAction) => boolean
type Close = (...buttons: CaseButton[]) => CaseButton[]

function decision(shown: Case, may: May, close: Close): CaseView {
  const again = only(may('start-capture') && shown.captureAttemptsLeft > 0, 'capture-again')
  const ask = only(may('ask-supervisor'), 'ask-supervisor')
  const refuse = only(may('refuse'), 'refuse')
  const approved = shown.supervision?.approvedBy === undefined ? undefined : shown.supervision.outcome
  if (approved === 'refuse' && may('refuse')) return { step: 'decision', primary: 'refuse', others: close(...again) }
  if (may('change-contact')) return { step: 'decision', primary: 'change-contact', others: close(...refuse, ...ask, ...again) }
  if (may('approve')) return { step: 'decision', primary: 'approve', others: close(...refuse, ...ask, ...again) }
  const outcome = newestCapture(shown)?.outcome
  // Never a refusal as the next key: it ends somebody's errand, and the face may simply have been badly lit.
  const tryAgain = !shown.supervisorDue && (outcome === 'non-match' || outcome === 'failure-to-acquire' || outcome === undefined)
  if (tryAgain && again.length > 0) return { step: 'decision', primary: 'capture-again', others: close(...ask, ...refuse) }
  if (ask.length > 0) return { step: 'decision', primary: 'ask-supervisor', others: close(...again, ...refuse) }
  return { step: 'decision', others: close(...again, ...refuse) }
}

function supervision(may: May, close: Close): CaseView {
  return { step: 'supervision', primary: 'supervise', others: close(...only(may('refuse'), 'refuse')) }
}

function activation(shown: Case, may: May, close: Close): CaseView {
  const correct = only(may('correct-email'), 'correct-email')
  const send = only(may('send-new-code'), 'send-new-code')
  // A new code would only go to the address that does not exist.
  if (shown.activation?.mail === 'bounced') {
    return correct.length > 0 ? { step: 'activation', primary: 'correct-email', others: close('go-home') } : { step: 'activation', primary: 'go-home', others: close() }
  }
  return { step: 'activation', primary: 'go-home', others: close(...correct, ...send) }
}

/** The mail to the new address is watched; a wrong address is corrected before the resident leaves. */
function address(shown: Case, may: May, close: Close): CaseView {
  const correct = only(may('change-contact') && (shown.contactChange?.sendsLeft ?? 0) > 0, 'change-contact')
  if (shown.contactChange?.mail === 'bounced' && correct.length > 0) return { step: 'address', primary: 'change-contact', others: close('go-home') }
  return { step: 'address', primary: 'go-home', others: close(...correct) }
}

function only(condition: boolean, button: CaseButton): CaseButton[] {
  return condition ? [button] : []
}

/** Whether the KTP-el photograph may be seen now, by who is signed in here: the server says so; asking earlier would only be refused. */
export function isReferenceReleased({ resident, referenceReleased }: Pick<Case, 'resident' | 'referenceReleased'>): boolean {
  return resident?.hasReference === true && referenceReleased
}

/** It stays closed though a face was captured, or none is any more: nobody's phone has confirmed that its holder is here. */
export function isReferenceWithheld(shown: Pick<Case, 'resident' | 'referenceReleased' | 'supervisorDue' | 'captures'>): boolean {
  return shown.resident?.hasReference === true && !shown.referenceReleased && (shown.supervisorDue || isFaceCompared(shown))
}

/** Whether any capture of the visit came to a comparison. */
export function isFaceCompared({ captures }: Pick<Case, 'captures'>): boolean {
  return captures.some(({ outcome }) => outcome !== 'failure-to-acquire')
}

/** The day's captures were spent before this visit had one: nobody is ready for a capture, somebody decides. */
export function isDecidedByEye({ state, supervisorDue }: Pick<Case, 'state' | 'supervisorDue'>): boolean {
  return state === 'awaiting-capture' && supervisorDue
}

/** The faces match and still nobody may approve alone: the officer wonders why. */
export function needsSupervisorAnyway(shown: Case): boolean {
  return (shown.kind === 'rebinding' || shown.kind === 'unblock') && newestCapture(shown)?.outcome === 'match' && shown.actions.includes('ask-supervisor') && !shown.actions.includes('approve')
}
