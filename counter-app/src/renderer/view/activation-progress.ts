import type { Case, DeviceState } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

export interface ProgressStep {
  readonly name: 'approved' | 'mail' | 'opened' | 'confirmed' | 'pin' | 'active'
  readonly text: Phrase
  readonly state: 'done' | 'now' | 'waiting' | 'failed'
}

const order: readonly DeviceState[] = ['approved', 'link-opened', 'link-confirmed', 'awaiting-pin', 'active']

/** The way from the decision to an active phone, as the desk watches it. */
export function activationProgress(activation: NonNullable<Case['activation']>): readonly ProgressStep[] {
  const reached = order.indexOf(activation.device)
  const mailFailed = activation.mail === 'bounced' || activation.mail === 'expired'
  const mailDone = activation.mail === 'accepted' || reached >= 1
  const later = (at: number): ProgressStep['state'] => {
    if (reached >= at) return 'done'
    return mailDone && reached === at - 1 ? 'now' : 'waiting'
  }
  return [
    { name: 'approved', text: { id: 'Disetujui', en: 'Approved' }, state: 'done' },
    { name: 'mail', text: { id: 'E-mail terkirim', en: 'E-mail sent' }, state: mailDone ? 'done' : mailFailed ? 'failed' : 'now' },
    { name: 'opened', text: { id: 'Tautan dibuka', en: 'Link opened' }, state: later(1) },
    { name: 'confirmed', text: { id: 'Kode dikonfirmasi', en: 'Code confirmed' }, state: later(2) },
    { name: 'pin', text: { id: 'Kode diisi di aplikasi, PIN dibuat', en: 'Code entered in the app, PIN chosen' }, state: later(3) === 'done' && reached < 4 ? 'now' : later(3) },
    { name: 'active', text: { id: 'Aktif', en: 'Active' }, state: reached >= 4 ? 'done' : 'waiting' },
  ]
}
