import type { BlockReason, CaseKind, CaseState, EligibilityRule, LookupPurpose, MailState } from '@ikd/contract'
import { type Phrase, say } from '../language/say.ts'

const kinds: Record<CaseKind, Phrase> = {
  activation: { id: 'Aktivasi', en: 'Activation' },
  rebinding: { id: 'Ganti ponsel', en: 'Change of phone' },
  service: { id: 'Layanan tanpa ponsel', en: 'Service without a phone' },
  block: { id: 'Blokir ponsel', en: 'Block a phone' },
  unblock: { id: 'Buka blokir ponsel', en: 'Unblock a phone' },
  contact: { id: 'Ganti e-mail atau nomor', en: 'Change of e-mail or number' },
}

const states: Record<CaseState, Phrase> = {
  'awaiting-phone': { id: 'Menunggu QR dari ponsel baru', en: 'Waiting for the new phone’s QR' },
  ineligible: { id: 'Syarat belum terpenuhi', en: 'Requirements not met' },
  'awaiting-confirmation': { id: 'Menunggu kode diketik di ponsel', en: 'Waiting for the code on the phone' },
  'awaiting-capture': { id: 'Siap ambil foto wajah', en: 'Ready to capture the face' },
  'awaiting-decision': { id: 'Menunggu keputusan petugas', en: 'Waiting for the officer’s decision' },
  'awaiting-supervisor': { id: 'Menunggu supervisor', en: 'Waiting for a supervisor' },
  approved: { id: 'Disetujui, menunggu aktivasi di ponsel', en: 'Approved, waiting for the phone to activate' },
  completed: { id: 'Selesai', en: 'Completed' },
  refused: { id: 'Ditolak', en: 'Refused' },
  cancelled: { id: 'Dibatalkan', en: 'Cancelled' },
  recording: { id: 'Mencatat permohonan', en: 'Recording requests' },
  'awaiting-reason': { id: 'Menunggu alasan pemblokiran', en: 'Waiting for the reason to block' },
  'awaiting-address': { id: 'Menunggu jawaban dari e-mail baru', en: 'Waiting for the new e-mail to answer' },
}

/** `passed` and `failed` of every rule; a failed one says what to settle first. */
const rules: Record<EligibilityRule, { readonly passed: Phrase; readonly failed: Phrase }> = {
  'in-register': {
    passed: { id: 'NIK ada di data kependudukan', en: 'The NIK is in the register' },
    failed: { id: 'NIK tidak ada di data kependudukan. Periksa NIK dengan KTP atau KK.', en: 'The NIK is not in the register. Check it against the KTP or KK.' },
  },
  alive: {
    passed: { id: 'Tercatat hidup', en: 'Recorded as living' },
    failed: { id: 'Tercatat meninggal. Jika keliru, urus pembetulan data dulu.', en: 'Recorded as deceased. If that is wrong, the record must be corrected first.' },
  },
  recorded: {
    passed: { id: 'Sudah perekaman KTP-el', en: 'Recorded for the KTP-el' },
    failed: { id: 'Belum perekaman KTP-el. Lakukan perekaman dulu.', en: 'Not yet recorded for the KTP-el. This must be done first.' },
  },
  'ktp-issued': {
    passed: { id: 'Sudah punya KTP-el', en: 'Has a KTP-el' },
    failed: { id: 'KTP-el belum terbit. Tunggu sampai terbit, lalu datang lagi.', en: 'The KTP-el is not issued yet. Wait for it, then come again.' },
  },
  'seventeen-or-married': {
    passed: { id: 'Berusia 17 tahun atau sudah/pernah kawin', en: '17 or older, or ever married' },
    failed: { id: 'Belum 17 tahun dan belum kawin. Datang lagi setelah berusia 17 tahun.', en: 'Under 17 and never married. Come again at 17.' },
  },
  domicile: {
    passed: { id: 'Berdomisili di wilayah kantor ini', en: 'Lives in this office’s area' },
    failed: { id: 'Domisili di KK di luar wilayah kantor ini. Arahkan ke kantor di wilayahnya.', en: 'The KK’s domicile is outside this office’s area. Send them to the office of their area.' },
  },
  'rolled-out': {
    passed: { id: 'IKD sudah dibuka di kantor ini', en: 'IKD is open at this office' },
    failed: { id: 'IKD belum dibuka di kantor ini. Beri tahu tanggal mulainya.', en: 'IKD is not open at this office yet. Tell the date when it begins.' },
  },
}

const mails: Record<MailState, Phrase> = {
  queued: { id: 'E-mail menunggu dikirim', en: 'The e-mail is waiting to be sent' },
  accepted: { id: 'E-mail sudah diterima kotak surat', en: 'The mailbox has accepted the e-mail' },
  bounced: { id: 'E-mail ditolak. Periksa alamatnya.', en: 'The e-mail was refused. Check the address.' },
  expired: { id: 'E-mail sudah kedaluwarsa', en: 'The e-mail has expired' },
}

const purposes: Record<LookupPurpose, Phrase> = {
  'lost-phone': { id: 'Ponsel hilang atau ganti ponsel', en: 'Lost or changed phone' },
  'no-phone': { id: 'Tidak punya ponsel', en: 'No phone' },
  correction: { id: 'Pembetulan data', en: 'Correction of data' },
  'suspected-misuse': { id: 'Dugaan penyalahgunaan', en: 'Suspected misuse' },
}

const blockings: Record<BlockReason, Phrase> = {
  lost: { id: 'Ponsel hilang', en: 'The phone is lost' },
  stolen: { id: 'Ponsel dicuri', en: 'The phone was stolen' },
  misuse: { id: 'Dipakai orang lain', en: 'Somebody else uses it' },
  'resident-asks': { id: 'Permintaan pemilik ponsel', en: 'The resident asks for it' },
  deceased: { id: 'Pemilik ponsel meninggal dunia', en: 'The resident has died' },
}

export function caseKindText(kind: CaseKind): string {
  return say(kinds[kind])
}

export function caseStateText(state: CaseState): string {
  return say(states[state])
}

/** One line of the eligibility list; says what to settle first when the rule is not met. */
export function eligibilityText(rule: EligibilityRule, passed: boolean): string {
  return say(rules[rule][passed ? 'passed' : 'failed'])
}

export function mailStateText(state: MailState): string {
  return say(mails[state])
}

export function blockReasonText(reason: BlockReason): string {
  return say(blockings[reason])
}

/** In both languages, for what is printed. */
export function blockReasonPhrase(reason: BlockReason): Phrase {
  return blockings[reason]
}

export function lookupPurposeText(purpose: LookupPurpose): string {
  return say(purposes[purpose])
}
