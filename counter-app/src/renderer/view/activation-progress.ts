import type { Case, DeviceState, DuplicateState } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

export interface ProgressStep {
  readonly name: 'approved' | 'duplicates' | 'mail' | 'opened' | 'confirmed' | 'pin' | 'active'
  readonly text: Phrase
  readonly state: 'done' | 'now' | 'waiting' | 'failed'
}

const order: readonly DeviceState[] = ['approved', 'link-opened', 'link-confirmed', 'awaiting-pin', 'active']

/** The way from the decision to an active phone, as the desk watches it. */
export function activationProgress(activation: NonNullable<Case['activation']>): readonly ProgressStep[] {
  const reached = order.indexOf(activation.device)
  const mailFailed = activation.mail === 'bounced' || activation.mail === 'expired'
  const mailDone = activation.mail === 'accepted' || reached >= 1
  const letGo = mailDone || activation.duplicates === 'clear' || activation.duplicates === 'impossible'
  const later = (at: number): ProgressStep['state'] => {
    if (reached >= at) return 'done'
    return mailDone && reached === at - 1 ? 'now' : 'waiting'
  }
  return [
    { name: 'approved', text: { id: 'Disetujui', en: 'Approved' }, state: 'done' },
    searchStep(activation.duplicates, letGo),
    { name: 'mail', text: { id: 'E-mail terkirim', en: 'E-mail sent' }, state: mailDone ? 'done' : mailFailed ? 'failed' : letGo ? 'now' : 'waiting' },
    { name: 'opened', text: { id: 'Tautan dibuka', en: 'Link opened' }, state: later(1) },
    { name: 'confirmed', text: { id: 'Kode dikonfirmasi', en: 'Code confirmed' }, state: later(2) },
    { name: 'pin', text: { id: 'Kode diisi di aplikasi, PIN dibuat', en: 'Code entered in the app, PIN chosen' }, state: later(3) === 'done' && reached < 4 ? 'now' : later(3) },
    { name: 'active', text: { id: 'Aktif', en: 'Active' }, state: reached >= 4 ? 'done' : 'waiting' },
  ]
}

/** Whether the face is another resident's as well: a second, unless it is. */
function searchStep(duplicates: DuplicateState, letGo: boolean): ProgressStep {
  const name = 'duplicates'
  if (duplicates === 'impossible') return { name, text: { id: 'Wajah ganda tidak diperiksa: tidak ada gambar yang dapat dibandingkan', en: 'Not searched for a duplicate face: no picture that could be compared' }, state: 'waiting' }
  if (letGo) return { name, text: { id: 'Wajah ganda diperiksa', en: 'Searched for a duplicate face' }, state: 'done' }
  if (duplicates === 'held') return { name, text: { id: 'Ditahan: wajah sangat mirip penduduk lain', en: 'Held: a face very like another resident’s' }, state: 'failed' }
  if (duplicates === 'stuck') return { name, text: { id: 'Pemeriksaan wajah ganda belum berhasil, masih diulang', en: 'The search for a duplicate face has not succeeded; still trying' }, state: 'failed' }
  return { name, text: { id: 'Memeriksa wajah ganda…', en: 'Searching for a duplicate face…' }, state: 'now' }
}
