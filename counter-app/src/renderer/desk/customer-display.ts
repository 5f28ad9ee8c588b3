import type { CaptureReason, Case, ChallengeStep } from '@ikd/contract'
import { isDecidedByEye, isFaceCompared, newestCapture } from '../view/case-view.ts'

/** All that ever reaches the resident's screen: an office, masked contacts, the per-case code, and what is going on. */
export type CustomerView =
  | { readonly kind: 'welcome'; readonly office: string }
  | {
      readonly kind: 'case'
      readonly office: string
      readonly going: CustomerStep
      readonly emailMasked?: string
      readonly phoneMasked?: string
      readonly code?: string
      /** What the resident can do better, while there is another try. */
      readonly better?: CaptureReason
    }

export type CustomerStep = ChallengeStep | 'type-code' | 'again' | 'checking' | 'deciding' | 'supervisor' | 'open-mail' | 'mail-bounced' | 'active' | 'recording' | 'ended' | 'talk'

/**
 * What the resident may see of a case. Name, NIK, photographs and results stay on the officer's screen.
 *
 * @param capturing what goes on before the camera, while something does
 */
export function customerView(shown: Case, capturing?: ChallengeStep | 'checking'): CustomerView {
  const going = capturing ?? stepOf(shown)
  return {
    kind: 'case',
    office: shown.office.name,
    going,
    // During a movement there is nothing else to read.
    ...(shown.contact && capturing === undefined ? { emailMasked: shown.activation?.emailMasked ?? shown.contact.emailMasked, phoneMasked: shown.contact.phoneMasked } : {}),
    ...(going === 'type-code' && shown.confirmation ? { code: shown.confirmation.code } : {}),
    ...betterOf(shown, going),
  }
}

function stepOf(shown: Case): CustomerStep {
  switch (shown.state) {
    case 'awaiting-confirmation':
      return 'type-code'
    case 'awaiting-capture':
      return isDecidedByEye(shown) ? 'supervisor' : 'look'
    case 'awaiting-decision':
    case 'awaiting-supervisor':
      return decidingStep(shown)
    case 'approved':
      if (shown.activation?.device === 'active') return 'active'
      return shown.activation?.mail === 'bounced' ? 'mail-bounced' : 'open-mail'
    case 'completed':
      return shown.kind === 'activation' || shown.kind === 'rebinding' || shown.kind === 'unblock' ? 'active' : 'ended'
    case 'awaiting-address':
      return 'open-mail'
    case 'recording':
      return 'recording'
    case 'refused':
    case 'cancelled':
      return 'ended'
    case 'awaiting-phone':
    case 'awaiting-reason':
    case 'ineligible':
      return 'talk'
  }
}

/** While no face was compared there is no result to keep from anybody, and the resident can do something, or hear who will. */
function decidingStep(shown: Case): CustomerStep {
  if (newestCapture(shown)?.outcome === 'failure-to-acquire' && !shown.supervisorDue) return 'again'
  return shown.supervisorDue && !isFaceCompared(shown) && shown.supervision?.approvedBy === undefined ? 'supervisor' : 'deciding'
}

function betterOf(shown: Case, going: CustomerStep): { better?: CaptureReason } {
  const better = going === 'again' ? newestCapture(shown)?.reasons[0] : undefined
  return better === undefined ? {} : { better }
}

const channelName = 'ikd-layar-warga'

type Message = { readonly type: 'show'; readonly view: CustomerView } | { readonly type: 'hello' }

/** The desk's end: shows a view, and shows it again to a display that opens later. */
export class CustomerDisplay {
  readonly #channel = new BroadcastChannel(channelName)
  #office = ''
  #view: CustomerView = { kind: 'welcome', office: '' }
  #isCovered = false

  constructor() {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'hello') this.#post()
    }
  }

  show(view: CustomerView): void {
    this.#view = view
    this.#post()
  }

  /** While the desk is covered the resident's screen shows nothing of anybody, whatever still comes in. */
  cover(isCovered: boolean): void {
    this.#isCovered = isCovered
    this.#post()
  }

  /** Between two residents. */
  welcome(office: string = this.#office): void {
    this.#office = office
    this.show({ kind: 'welcome', office })
  }

  #post(): void {
    const view: CustomerView = this.#isCovered ? { kind: 'welcome', office: this.#office } : this.#view
    this.#channel.postMessage({ type: 'show', view } satisfies Message)
  }
}

/** The display's end. @returns what ends the listening */
export function listenAsCustomer(listener: (view: CustomerView) => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'show') listener(data.view)
  }
  channel.postMessage({ type: 'hello' } satisfies Message)
  return () => channel.close()
}
