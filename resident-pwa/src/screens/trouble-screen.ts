import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-trouble-screen'

/** The app could not begin: no key store, or no server. */
@customElement(tag)
export class TroubleScreen extends Screen {
  protected heading() {
    return say({ id: 'IKD belum dapat dibuka', en: 'IKD cannot open yet' })
  }

  protected body() {
    const { value } = this.ports.session.state
    const problem = 'problem' in value ? value.problem : undefined
    return html`${problemNotice(problem, () => void this.ports.session.start())}
      <p class="muted">
        ${say({
          id: 'Aplikasi mencoba lagi sendiri saat internet tersambung. Bila mendesak, KTP-el fisik tetap berlaku.',
          en: 'The app tries again by itself when the internet is back. If it is urgent, your physical KTP-el is still valid.',
        })}
      </p>`
  }
}
