import type { DeviceState, MailState } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'

/** The way of a phone, in the order in which a person walks it. */
export const steps = ['office', 'desk', 'face', 'mail', 'code', 'pin'] as const
export type Step = (typeof steps)[number]

const stepNames: Record<Step, Phrase> = {
  office: { id: 'Datang ke kantor dan tunjukkan QR', en: 'Come to the office and show the QR' },
  desk: { id: 'Pastikan petugasnya benar, isi kode dari layar loket', en: 'Make sure of the officer, type the code on the desk’s screen' },
  face: { id: 'Wajah dicocokkan di loket', en: 'Your face is compared at the desk' },
  mail: { id: 'Buka tautan di e-mail', en: 'Open the link in your e-mail' },
  code: { id: 'Isi kode e-mail di aplikasi ini', en: 'Type the e-mail’s code in this app' },
  pin: { id: 'Buat PIN Anda sendiri', en: 'Make your own PIN' },
}

const stepOf: Partial<Record<DeviceState, Step>> = {
  registered: 'office',
  'at-desk': 'desk',
  'in-review': 'face',
  approved: 'mail',
  'link-opened': 'mail',
  'link-confirmed': 'code',
  'awaiting-pin': 'pin',
}

export function findStep(state: DeviceState): Step | undefined {
  return stepOf[state]
}

export function stepText(step: Step): string {
  return say(stepNames[step])
}

const headings: Record<DeviceState, Phrase> = {
  registered: { id: 'Terdaftar. Sekarang datang ke kantor', en: 'Registered. Now come to the office' },
  'at-desk': { id: 'Pastikan petugasnya benar', en: 'Make sure it is the right officer' },
  'in-review': { id: 'Petugas sedang memeriksa', en: 'The officer is checking' },
  approved: { id: 'Disetujui. Buka e-mail Anda', en: 'Approved. Open your e-mail' },
  'link-opened': { id: 'Selesaikan halaman dari e-mail', en: 'Finish the page from the e-mail' },
  'link-confirmed': { id: 'Isi kode aktivasi', en: 'Type the activation code' },
  'awaiting-pin': { id: 'Buat PIN Anda', en: 'Make your PIN' },
  active: { id: 'IKD aktif', en: 'IKD is active' },
  refused: { id: 'Permohonan ditolak', en: 'The request was refused' },
  cancelled: { id: 'Kunjungan dibatalkan', en: 'The visit was cancelled' },
  expired: { id: 'Pendaftaran kedaluwarsa', en: 'The registration has expired' },
  blocked: { id: 'Ponsel ini diblokir', en: 'This phone is blocked' },
  suspended: { id: 'IKD ditangguhkan', en: 'IKD is suspended' },
}

/** Nobody can open an e-mail that has come back: then its heading says so, and not that it is waiting. */
export function statusHeading(state: DeviceState, mail?: MailState): string {
  const comingBack = mail === 'bounced' && (state === 'approved' || state === 'link-opened')
  return say(comingBack ? mailCameBack : headings[state])
}

const mailCameBack: Phrase = { id: 'E-mail tidak sampai', en: 'The e-mail did not arrive' }

/** States in which nothing goes on here: why, and the way on. */
const endings: Partial<Record<DeviceState, Phrase>> = {
  refused: {
    id: 'Anda boleh mendaftar lagi dan datang kembali. Tanyakan alasannya di kantor; bawa KTP-el dan Kartu Keluarga.',
    en: 'You may register again and come back. Ask the office for the reason; bring your KTP-el and family card.',
  },
  cancelled: {
    id: 'Kunjungan berakhir tanpa keputusan. Daftar lagi untuk mendapat QR baru, lalu kembali ke loket.',
    en: 'The visit ended without a decision. Register again for a new QR, then return to the desk.',
  },
  expired: {
    id: 'Waktunya habis sebelum aktivasi selesai. Daftar lagi, lalu datang ke kantor.',
    en: 'Time ran out before the activation was finished. Register again, then come to the office.',
  },
  blocked: {
    id: 'IKD Anda diaktifkan di ponsel lain, atau petugas memblokir ponsel ini. Bila bukan Anda yang meminta, hubungi kantor sekarang.',
    en: 'Your IKD was activated on another phone, or an officer blocked this one. If you did not ask for it, contact the office now.',
  },
}

export function endingText(state: DeviceState): string | undefined {
  const phrase = endings[state]
  return phrase && say(phrase)
}

const reasons: Readonly<Record<string, Phrase>> = {
  'refused-at-desk': { id: 'Petugas menolak permohonan ini setelah memeriksa.', en: 'The officer refused this request after checking.' },
  'visit-ended': { id: 'Kunjungan diakhiri di loket tanpa keputusan.', en: 'The visit was ended at the desk without a decision.' },
}

/** The desk's reason; a code this version does not know is left to the office to explain. */
export function reasonText(reason: string): string | undefined {
  const phrase = reasons[reason]
  return phrase && say(phrase)
}
