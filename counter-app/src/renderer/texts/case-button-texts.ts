import type { Phrase } from '@ikd/ui'
import type { CaseButton } from '../view/case-view.ts'

export const caseButtonText: Record<CaseButton, Phrase> = {
  approve: { id: 'Setujui', en: 'Approve' },
  refuse: { id: 'Tolak…', en: 'Refuse…' },
  'ask-supervisor': { id: 'Minta supervisor…', en: 'Ask a supervisor…' },
  'give-approval': { id: 'Bandingkan dan setujui…', en: 'Compare and approve…' },
  'take-over': { id: 'Ambil alih kasus…', en: 'Take the case over…' },
  supervise: { id: 'Supervisor menyetujui di sini…', en: 'The supervisor approves here…' },
  'capture-again': { id: 'Ambil wajah lagi', en: 'Capture the face again' },
  'correct-email': { id: 'Perbaiki e-mail…', en: 'Correct the e-mail…' },
  'send-new-code': { id: 'Kirim kode baru', en: 'Send a new code' },
  block: { id: 'Blokir ponsel ini…', en: 'Block this phone…' },
  'change-contact': { id: 'Isi kontak baru…', en: 'Enter the new contact…' },
  finish: { id: 'Selesai', en: 'Finish' },
  cancel: { id: 'Tutup kasus…', en: 'Close the case…' },
  'go-home': { id: 'Warga berikutnya', en: 'Next resident' },
}

export const refusalSuggestions: readonly Phrase[] = [
  { id: 'Wajah tidak sesuai dengan foto KTP-el', en: 'The face does not match the KTP-el photograph' },
  { id: 'Ponsel ini bukan milik orang yang datang', en: 'This phone does not belong to the person at the desk' },
  { id: 'Belum memenuhi syarat', en: 'Not eligible yet' },
]

export const evidenceSuggestions: readonly Phrase[] = [
  { id: 'Memutuskan kasus ini', en: 'To decide this case' },
  { id: 'Keberatan warga', en: 'The resident objects' },
]

export const rebindingReason: Phrase = { id: 'Pasang ulang ke ponsel baru', en: 'Binding to a new phone' }

export const unblockingReason: Phrase = { id: 'Ponsel sudah kembali ke pemiliknya', en: 'The phone is back with its owner' }

export const supervisorSuggestions: readonly Phrase[] = [
  { id: 'Kamera tidak dapat membaca wajah, dokumen asli cocok', en: 'The camera cannot read the face; original documents agree' },
  { id: 'Penampilan berubah, dokumen asli cocok', en: 'Appearance has changed; original documents agree' },
  { id: 'Foto KTP-el tidak jelas', en: 'The KTP-el photograph is unclear' },
]
