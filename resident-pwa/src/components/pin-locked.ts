import { DomainError } from '@ikd/contract'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { paths } from '../navigation/decide.ts'
import type { Ports } from '../ports.ts'
import { problemNotice } from './problem-notice.ts'

/** Ten wrong PINs: no office brings this PIN back, and the way on begins here. */
export function pinLocked(ports: Ports) {
  return html`
    ${problemNotice(new DomainError('pin-blocked'))}
    <ikd-button @click=${() => void registerAgain(ports)}>${say({ id: 'Daftarkan ponsel ini lagi', en: 'Register this phone again' })}</ikd-button>
  `
}

async function registerAgain({ session, navigator }: Ports): Promise<void> {
  session.lock()
  // So that the phone knows, too, that its PIN is locked; without a network the registration would not go through either.
  await session.refresh().catch(() => {})
  navigator.go(paths.register)
}
