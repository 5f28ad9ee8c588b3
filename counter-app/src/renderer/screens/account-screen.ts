import '../components/approval-pin-form.ts'
import '../components/factor-setup.ts'
import '../components/password-form.ts'
import '../components/remove-factor-dialog.ts'
import { type Factor, type OwnSession, routes } from '@ikd/contract'
import { baseStyles, Doing, formatDateTime, formatTime, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { loadedPart } from '../components/loaded-part.ts'
import { problemNotice } from '../components/problem-notice.ts'
import type { Removal } from '../components/remove-factor-dialog.ts'
import { rowStyles } from '../components/row-styles.ts'
import type { Desk } from '../desk/desk.ts'
import { Loaded } from '../desk/loaded.ts'
import { factorText, sessionFactorText } from '../texts/staff-texts.ts'

/** The own account: second steps, password, where one is signed in. */
@customElement('account-screen')
export class AccountScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @state() private removal: Removal | undefined
  readonly #factors = new Loaded(this, () => this.desk.account.factors())
  readonly #sessions = new Loaded(this, () => this.desk.account.sessions())
  readonly #ending = new Doing(this)

  override render() {
    const { account, host } = this.desk
    return html`<div class="stack">
      <h1>${say({ id: 'Akun saya', en: 'My account' })}</h1>
      <div class="parts">
        <ikd-card heading=${say({ id: 'Langkah kedua', en: 'Second step' })}>
          <div class="stack">
            ${loadedPart(this.#factors, say({ id: 'Memuat…', en: 'Loading…' }), (factors) => html`<ul class="rows">${factors.map((factor) => this.#factor(factor, factors.length > 1))}</ul>`)}
            <p>${say({ id: 'Tambah yang lain, supaya tetap dapat masuk bila ponsel tertinggal:', en: 'Add another, so that you can sign in when the phone is left at home:' })}</p>
            <factor-setup .api=${account} .passkeys=${host.passkeys} @factor-added=${() => void this.#factors.refetch()}></factor-setup>
          </div>
        </ikd-card>
        <ikd-card heading=${say({ id: 'Kata sandi', en: 'Password' })}>
          <password-form .api=${account} .passkeys=${host.passkeys} @password-changed=${() => void this.#sessions.refetch()}></password-form>
        </ikd-card>
        ${this.#mayApprove()
          ? html`<ikd-card heading=${say({ id: 'PIN persetujuan', en: 'Approval PIN' })}>
              <approval-pin-form .api=${account} .passkeys=${host.passkeys}></approval-pin-form>
            </ikd-card>`
          : nothing}
        <ikd-card heading=${say({ id: 'Tempat Anda masuk', en: 'Where you are signed in' })}>
          <div class="stack">
            ${loadedPart(this.#sessions, say({ id: 'Memuat…', en: 'Loading…' }), (sessions) => this.#list(sessions))}
            ${problemNotice(this.#ending.problem)}
          </div>
        </ikd-card>
      </div>
      <remove-factor-dialog
        .api=${account}
        .passkeys=${host.passkeys}
        .removal=${this.removal}
        @dialog-closed=${() => (this.removal = undefined)}
        @factor-removed=${() => void this.#removed()}
      ></remove-factor-dialog>
    </div>`
  }

  #mayApprove(): boolean {
    const { value } = this.desk.session.state
    return 'session' in value && routes.staff.setApprovalPin.access.some((role) => role === value.session.staff.role)
  }

  #factor({ id, kind, label, addedAt, lastUsedAt }: Factor, mayGo: boolean) {
    return html`<li>
      <div>
        <p><strong>${say(factorText[kind])}</strong>${label && label !== say(factorText[kind]) ? html` · <bdi>${label}</bdi>` : nothing}</p>
        <p class="muted">
          ${say({ id: `ditambahkan ${formatDateTime(addedAt)}`, en: `added ${formatDateTime(addedAt)}` })}${lastUsedAt ? say({ id: ` · terakhir dipakai ${formatDateTime(lastUsedAt)}`, en: ` · last used ${formatDateTime(lastUsedAt)}` }) : nothing}
        </p>
      </div>
      ${mayGo ? html`<ikd-button variant="secondary" @click=${() => (this.removal = { id, kind })}>${say({ id: 'Hapus…', en: 'Remove…' })}</ikd-button>` : nothing}
    </li>`
  }

  async #removed(): Promise<void> {
    this.removal = undefined
    await Promise.all([this.#factors.refetch(), this.#sessions.refetch()])
  }

  #list(sessions: readonly OwnSession[]) {
    return html`<ul class="rows">
        ${sessions.map(
          ({ workstation, startedAt, lastUsedAt, factor, own }) => html`<li>
            <div>
              <p><strong>${workstation ?? '—'}</strong>${own ? html` · ${say({ id: 'di sini', en: 'here' })}` : nothing}</p>
              <p class="muted">${say({ id: `sejak ${formatDateTime(startedAt)} · terakhir dipakai ${formatTime(lastUsedAt)}`, en: `since ${formatDateTime(startedAt)} · last used ${formatTime(lastUsedAt)}` })} · ${say(sessionFactorText[factor])}</p>
            </div>
          </li>`,
        )}
      </ul>
      ${sessions.some(({ own }) => !own)
        ? html`<div><ikd-button variant="secondary" ?busy=${this.#ending.busy} @click=${this.#endOthers}>${say({ id: 'Keluar dari semua komputer lain', en: 'Sign out everywhere else' })}</ikd-button></div>`
        : nothing}`
  }

  readonly #endOthers = (): void => {
    void this.#ending.run(async () => {
      await this.desk.account.endOtherSessions()
      await this.#sessions.refetch()
    })
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    rowStyles,
    css`
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
        gap: var(--ikd-space-4);
        align-items: start;
      }
      ikd-button {
        max-inline-size: 100%;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'account-screen': AccountScreen
  }
}
