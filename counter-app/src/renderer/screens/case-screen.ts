import '../components/case-buttons.ts'
import '../components/case-dialogs.ts'
import '../components/case-evidence.ts'
import '../components/case-step.ts'
import '../components/case-summary.ts'
import { type Case, type ChallengeStep, routes } from '@ikd/contract'
import { baseStyles, caseStateText, LocalisedElement, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { CaptureDone, CaptureFailed } from '../components/face-capture.ts'
import { type CaseDialog, opensDialog } from '../components/case-dialogs.ts'
import { deskStyles } from '../components/desk-styles.ts'
import { openFaceGuide } from '../capture/face-guide.ts'
import { CaseFaces } from '../desk/case-faces.ts'
import { CaseWatch } from '../desk/case-watch.ts'
import { Covered } from '../desk/covered.ts'
import { customerView } from '../desk/customer-display.ts'
import type { Desk } from '../desk/desk.ts'
import { capturingView, type CaseButton, type CaseView, caseView, isDecidedByEye, keyMeaning } from '../view/case-view.ts'
import { PressGuard } from '../view/press-guard.ts'
import { ShortcutController } from '../view/shortcut-controller.ts'

/** One case, from its opening to its end: one screen that follows the case's state. */
@customElement('case-screen')
export class CaseScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property() caseId = ''
  @state() private dialog: CaseDialog | undefined
  @state() private busy: CaseButton | undefined
  @state() private error: unknown
  /** The officer wants the face once more, in a state that would also take a decision. */
  @state() private retaking = false
  /** An order was asked for, and its frames are not with the server yet. */
  @state() private underWay = false
  /** Another desk has taken the case over while it was shown here. */
  @state() private lost = false
  /** What goes on before the camera, while something does. */
  @state() private capturing: ChallengeStep | 'checking' | undefined
  readonly #watch = new CaseWatch(this, () => this.desk)
  readonly #covered = new Covered(this, () => this.desk)
  readonly #faces = new CaseFaces(
    this,
    () => this.desk,
    (error) => {
      this.error = error
    },
  )
  readonly #guard = new PressGuard(
    () => this.desk.timer,
    () => this.requestUpdate(),
  )
  #meaning = ''
  #focusedFor = ''
  /** This desk had the case when it was last known. */
  #hadIt = false

  constructor() {
    super()
    new ShortcutController(this, { primary: () => this.#pressPrimary(), second: () => this.#pressSecond() })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#guard.forget()
    this.desk.display.welcome()
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('caseId')) {
      this.#faces.forget()
      this.retaking = false
      this.underWay = false
      this.capturing = undefined
      this.dialog = undefined
      this.error = undefined
      this.lost = false
      this.#hadIt = false
      this.#watch.follow(this.caseId)
    }
    // The cover has taken the camera away, and what was being captured with it.
    if (this.#covered.now) this.underWay = false
    const { shown } = this.#watch
    if (!shown) return
    this.#followHands(shown)
    this.#faces.follow(shown)
    this.#meaning = keyMeaning(shown, this.#view(shown))
    this.#guard.follow(this.#meaning)
  }

  override updated(): void {
    const shown = this.#watch.shown
    if (!shown) return
    // The resident sits at the desk that has the case.
    if (shown.here) this.desk.display.show(customerView(shown, this.capturing))
    else this.desk.display.welcome()
    this.#focusNext()
  }

  override render() {
    const shown = this.#watch.shown
    if (!shown) return this.#withoutCase()
    const view = this.#view(shown)
    return html`
      <header class="row">
        <h1>${shown.resident?.name ?? say({ id: 'NIK tidak ditemukan', en: 'NIK not found' })}</h1>
        <p class="state" role="status">${this.capturing === 'checking' ? say({ id: 'Server sedang membandingkan wajah', en: 'The server is comparing the face' }) : caseStateText(isDecidedByEye(shown) ? 'awaiting-decision' : shown.state)}</p>
      </header>
      ${this.#watch.error === undefined ? nothing : html`<ikd-notice kind="warning"><p>${problemText(this.#watch.error).text}</p></ikd-notice>`}
      <div class="columns">
        <ikd-card>
          <case-step
            .api=${this.desk.api}
            .openGuide=${openFaceGuide}
            .shown=${shown}
            .step=${view.step}
            ?resting=${this.#guard.isResting}
            ?covered=${this.#covered.now}
            ?lost=${this.lost}
            .adopt=${this.#adopt}
            .reference=${this.#faces.reference}
            .liveFrame=${this.#faces.liveFrame(shown)}
            @capture-starting=${() => (this.underWay = true)}
            @capture-step=${(event: CustomEvent<ChallengeStep>) => (this.capturing = event.detail)}
            @capture-sending=${() => (this.capturing = 'checking')}
            @capture-done=${this.#captured}
            @capture-failed=${this.#captureFailed}
          ></case-step>
          ${this.#error()}
          <case-buttons
            .view=${view}
            .busy=${this.busy}
            ?resting=${this.#guard.isResting}
            @case-press=${(event: CustomEvent<CaseButton>) => void this.#press(event.detail)}
          ></case-buttons>
        </ikd-card>
        <div class="stack">
          <case-summary .shown=${shown} ?hideRules=${view.step === 'eligibility'}></case-summary>
          ${shown.captures.length > 0 && this.#maySeeEvidence() ? html`<case-evidence .api=${this.desk.api} .shown=${shown}></case-evidence>` : nothing}
        </div>
      </div>
      <case-dialogs
        .api=${this.desk.api}
        .passkeys=${this.desk.host.passkeys}
        .shown=${shown}
        .dialog=${this.dialog}
        .adopt=${this.#adopt}
        @dialog-closed=${() => (this.dialog = undefined)}
      ></case-dialogs>
    `
  }

  /** Whoever loses the case stops what they were doing with it, and is told. */
  #followHands({ here }: Case): void {
    if (this.#hadIt && !here) {
      this.lost = true
      this.dialog = undefined
      this.retaking = false
      this.underWay = false
      this.capturing = undefined
    }
    if (here) this.lost = false
    this.#hadIt = here
  }

  #withoutCase() {
    if (this.#watch.error === undefined) return html`<ikd-progress label=${say({ id: 'Memuat kasus…', en: 'Loading the case…' })}></ikd-progress>`
    const { title, text } = problemText(this.#watch.error)
    return html`<ikd-notice kind="error" heading=${title}>
      <p>${text}</p>
      <ikd-button variant="secondary" @click=${() => void this.#watch.refetch()}>${say({ id: 'Muat lagi', en: 'Load again' })}</ikd-button>
    </ikd-notice>`
  }

  #error() {
    if (this.error === undefined) return nothing
    const { title, text } = problemText(this.error)
    return html`<ikd-notice class="error" kind="error" heading=${title}><p>${text}</p></ikd-notice>`
  }

  #maySeeEvidence(): boolean {
    const { value } = this.desk.session.state
    return 'session' in value && routes.cases.evidence.access.some((role) => role === value.session.staff.role)
  }

  #view(shown: Case): CaseView {
    return this.underWay || (this.retaking && shown.captureAttemptsLeft > 0) ? capturingView(shown) : caseView(shown)
  }

  #pressPrimary(): void {
    const shown = this.#watch.shown
    if (!shown || this.#guard.isResting) return
    const { primary, step } = this.#view(shown)
    if (primary) void this.#press(primary)
    else if (step === 'capture') this.renderRoot.querySelector('case-step')?.capture()
  }

  #pressSecond(): void {
    const shown = this.#watch.shown
    const button = shown && this.#view(shown).others[0]
    if (button) void this.#press(button)
  }

  async #press(button: CaseButton): Promise<void> {
    const shown = this.#watch.shown
    if (!shown || this.busy !== undefined || this.#guard.isResting) return
    this.error = undefined
    const approvedRefusal = button === 'refuse' && shown.supervision?.outcome === 'refuse' && shown.supervision.approvedBy !== undefined
    if (opensDialog(button) && !approvedRefusal) {
      this.dialog = button
      return
    }
    if (button === 'go-home') return this.desk.go({ at: 'home' })
    if (button === 'capture-again') {
      this.retaking = true
      return
    }
    this.busy = button
    try {
      this.#adopt(await this.#act(button, shown))
    } catch (error) {
      this.error = error
      void this.#watch.refetch()
    } finally {
      this.busy = undefined
    }
  }

  #act(button: Exclude<CaseButton, 'go-home' | 'capture-again'>, { id, supervision }: Case): Promise<Case> {
    switch (button) {
      case 'approve':
        return this.desk.api.decide(id, 'approve')
      case 'refuse':
        return this.desk.api.decide(id, 'refuse', supervision?.reason)
      case 'send-new-code':
        return this.desk.api.sendNewCode(id)
      case 'finish':
        return this.desk.api.cancel(id, 'finished')
      default:
        throw new Error(`${button} opens a dialog`)
    }
  }

  readonly #adopt = (answer: Case): void => this.#watch.adopt(answer)

  readonly #captured = (event: CustomEvent<CaptureDone>): void => {
    this.capturing = undefined
    this.retaking = false
    this.underWay = false
    this.#faces.captured(event.detail.answer, event.detail.liveFrame)
    this.#adopt(event.detail.answer)
  }

  readonly #captureFailed = (event: CustomEvent<CaptureFailed>): void => {
    this.capturing = undefined
    this.underWay = event.detail.hasUnsent
  }

  /** Enter and space then do the next thing; never while somebody is typing or reading a dialog, nor while the buttons rest. */
  #focusNext(): void {
    if (this.#meaning === this.#focusedFor || this.dialog || this.#guard.isResting) return
    this.#focusedFor = this.#meaning
    if (!isTyping()) void this.renderRoot.querySelector('case-buttons')?.focusPrimary()
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      :host {
        display: grid;
        gap: var(--ikd-space-3);
      }
      header {
        justify-content: space-between;
      }
      .state {
        padding: var(--ikd-space-1) var(--ikd-space-3);
        border-radius: 999px;
        background: var(--ikd-primary-soft);
        font-weight: 600;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 22rem;
        gap: var(--ikd-space-4);
        align-items: start;
      }
      .error {
        margin-block-start: var(--ikd-space-3);
      }
      @media (max-width: 60rem) {
        .columns {
          grid-template-columns: 1fr;
        }
      }
    `,
  ]
}

function isTyping(): boolean {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement || active instanceof HTMLSelectElement
}

declare global {
  interface HTMLElementTagNameMap {
    'case-screen': CaseScreen
  }
}
