import type { CaptureBand, Case, DeviceState, FrameReason } from '@ikd/contract'
import { isolate, type Phrase } from '@ikd/ui'
import type { MarkName } from '../capture/marks.ts'

/** Bands, never distances: how the server puts the likeness. */
export const captureBandText: Record<CaptureBand, Phrase> = {
  near: { id: 'Kemiripan kuat', en: 'Strong likeness' },
  unsure: { id: 'Kemiripan ragu', en: 'Uncertain likeness' },
  far: { id: 'Kemiripan lemah', en: 'Weak likeness' },
}

/** Why a picture was set aside, in a few words: there is nothing to do about it any more. */
export const frameReasonText: Record<FrameReason, Phrase> = {
  'no-face': { id: 'wajah tidak terlihat', en: 'no face to be seen' },
  'several-faces': { id: 'lebih dari satu wajah', en: 'more than one face' },
  'too-small': { id: 'terlalu jauh', en: 'too far away' },
  'too-large': { id: 'terlalu dekat', en: 'too close' },
  'off-centre': { id: 'wajah tidak di tengah', en: 'off centre' },
  'too-dark': { id: 'terlalu gelap', en: 'too dark' },
  'too-bright': { id: 'terlalu terang', en: 'too bright' },
  'side-light': { id: 'cahaya dari satu sisi', en: 'light from one side' },
  blurred: { id: 'kabur', en: 'blurred' },
  turned: { id: 'menoleh', en: 'turned' },
  tilted: { id: 'kepala miring', en: 'head tilted' },
  covered: { id: 'wajah tertutup', en: 'face covered' },
  'eyes-closed': { id: 'mata tertutup', en: 'eyes closed' },
  'mouth-open': { id: 'mulut terbuka', en: 'mouth open' },
  'busy-background': { id: 'latar ramai', en: 'restless background' },
  unreadable: { id: 'tidak terbaca', en: 'unreadable' },
  'repeated-frame': { id: 'gambar berulang', en: 'repeated' },
}

/** What the officer looks for in the picture, next to a tick or an exclamation mark. */
export const markText: Record<MarkName, Phrase> = {
  alone: { id: 'Satu wajah', en: 'One face' },
  distance: { id: 'Jarak dan posisi', en: 'Distance and place' },
  light: { id: 'Cahaya', en: 'Light' },
  sharpness: { id: 'Tajam', en: 'Sharp' },
  direction: { id: 'Lurus ke kamera', en: 'Straight on' },
  uncovered: { id: 'Wajah terbuka', en: 'Uncovered' },
}

/** Why it is the supervisor's turn, and what to do now. */
export function supervisorDueText({ captureAttemptsLeft }: Pick<Case, 'captureAttemptsLeft'>): { readonly heading: Phrase; readonly text: Phrase } {
  if (captureAttemptsLeft > 0) {
    return {
      heading: { id: 'Sudah cukup dicoba: sekarang giliran supervisor', en: 'Tried often enough: now it is the supervisor’s turn' },
      text: {
        id: 'Jangan minta warga mencoba terus. Panggil supervisor: ia membandingkan kedua foto dan dokumen asli, lalu memutuskan.',
        en: 'Do not let the resident try on and on. Call a supervisor, who compares both pictures and the original documents, and decides.',
      },
    }
  }
  return {
    heading: { id: 'Percobaan hari ini habis: sekarang giliran supervisor', en: 'No attempts left today: now it is the supervisor’s turn' },
    text: {
      id: 'Panggil supervisor: ia membandingkan foto KTP-el dengan orangnya dan dokumen asli, lalu memutuskan. Besok wajah dapat difoto lagi.',
      en: 'Call a supervisor, who compares the KTP-el photograph with the person and the original documents, and decides. Tomorrow the face can be captured again.',
    },
  }
}

/** The same to the resident. */
export const supervisorComesText: Phrase = {
  id: 'Supervisor akan membantu Bapak/Ibu. Mohon siapkan KTP-el dan dokumen asli, misalnya KK.',
  en: 'A supervisor will help you. Please have your KTP-el and original documents ready, such as the family card.',
}

/** Why there is no photograph to compare with, and who has it. */
export const referenceWithheldText: { readonly heading: Phrase; readonly text: Phrase } = {
  heading: { id: 'Foto KTP-el belum dibuka.', en: 'The KTP-el photograph is still closed.' },
  text: {
    id: 'Ponsel warga tidak ikut di kunjungan ini, jadi foto terbuka di loket ini setelah wajahnya cocok atau supervisor menyetujui. Supervisor yang diminta sudah dapat melihatnya.',
    en: 'The resident’s phone takes no part in this visit, so the photograph opens at this desk after a match or a supervisor’s approval. The supervisor who is asked can see it already.',
  },
}

/** What taking a case over does, to whoever has it now and to the taker. */
export function takeoverText({ officer, workstation, supervision }: Pick<Case, 'officer' | 'workstation' | 'supervision'>): Phrase {
  const now: Phrase = {
    id: `${isolate(officer.name)} di ${isolate(workstation)} berhenti menangani kasus ini. Ponsel warga menampilkan nama dan loket Anda. Siapa pun yang pernah menangani kasus tidak dapat menyetujuinya sebagai supervisor.`,
    en: `${isolate(officer.name)} at ${isolate(workstation)} stops handling this case. The resident’s phone shows your name and desk. Whoever has handled a case cannot approve it as its supervisor.`,
  }
  if (supervision?.approvedBy === undefined) return now
  return { id: `${now.id} Persetujuan supervisor harus diminta lagi.`, en: `${now.en} A supervisor’s approval has to be asked for again.` }
}

export const deviceStateText: Record<DeviceState, Phrase> = {
  registered: { id: 'Ponsel terdaftar', en: 'Phone registered' },
  'at-desk': { id: 'Ponsel di loket', en: 'Phone at the desk' },
  'in-review': { id: 'Sedang diperiksa', en: 'In review' },
  approved: { id: 'Menunggu tautan dibuka', en: 'Waiting for the link to be opened' },
  'link-opened': { id: 'Tautan dibuka', en: 'Link opened' },
  'link-confirmed': { id: 'Kode dikonfirmasi di tautan', en: 'Code confirmed on the link page' },
  'awaiting-pin': { id: 'Warga membuat PIN', en: 'The resident is choosing a PIN' },
  active: { id: 'Aktif', en: 'Active' },
  refused: { id: 'Ditolak', en: 'Refused' },
  cancelled: { id: 'Dibatalkan', en: 'Cancelled' },
  expired: { id: 'Kedaluwarsa', en: 'Expired' },
  blocked: { id: 'Diblokir', en: 'Blocked' },
  suspended: { id: 'Ditangguhkan', en: 'Suspended' },
}
