import { type ActivityKind, type BlockReason, blockReasons, caseKinds, type CaseKind, type LookupPurpose, lookupPurposes, type ServiceKind, serviceKinds } from '@ikd/contract'
import { blockReasonText, caseKindText, lookupPurposeText, type Phrase, say, serviceKindText } from '@ikd/ui'

const sentences: Record<ActivityKind, Phrase> = {
  'scanned-by-institution': { id: 'QR Anda dipindai lembaga', en: 'An institution scanned your QR' },
  'scanned-by-resident': { id: 'QR Anda dipindai penduduk lain', en: 'Another resident scanned your QR' },
  'scanned-resident': { id: 'Anda memindai QR penduduk lain', en: 'You scanned another resident’s QR' },
  'seen-by-family': { id: 'Anggota keluarga melihat data Anda', en: 'A member of your family saw your data' },
  'case-opened': { id: 'Petugas membuka permohonan Anda', en: 'An officer opened your request' },
  'looked-up-at-desk': { id: 'Petugas mencari data Anda', en: 'An officer looked you up' },
  'face-compared': { id: 'Wajah Anda dicocokkan di loket', en: 'Your face was compared at the desk' },
  'face-not-read': { id: 'Wajah Anda difoto di loket, tetapi belum terbaca', en: 'Your face was photographed at the desk, and could not be read' },
  'case-viewed': { id: 'Petugas lain membuka permohonan Anda', en: 'Another officer opened your request' },
  'photo-seen-at-desk': { id: 'Petugas melihat foto KTP-el Anda', en: 'An officer saw your KTP-el photograph' },
  'evidence-viewed': { id: 'Foto wajah dari kunjungan Anda dilihat kembali', en: 'The face pictures of your visit were looked at again' },
  'case-refused': { id: 'Permohonan Anda ditolak', en: 'Your request was refused' },
  'activation-approved': { id: 'Aktivasi Anda disetujui', en: 'Your activation was approved' },
  'activation-held': { id: 'Aktivasi Anda ditahan: wajah mirip orang lain', en: 'Your activation was held: a face like another person’s' },
  'faces-compared': { id: 'Supervisor membandingkan foto Anda dengan foto orang yang mirip', en: 'A supervisor compared your picture with that of somebody alike' },
  'service-requested': { id: 'Permohonan layanan dicatat', en: 'A request for a service was recorded' },
  'email-corrected': { id: 'Petugas membetulkan alamat e-mail Anda', en: 'An officer corrected your e-mail address' },
  'device-bound': { id: 'IKD diaktifkan di sebuah ponsel', en: 'IKD was activated on a phone' },
  'device-blocked': { id: 'Petugas memblokir ponsel Anda', en: 'An officer blocked your phone' },
  'device-replaced': { id: 'Ponsel lama Anda diblokir', en: 'Your old phone was blocked' },
  'device-unblocked': { id: 'Dua petugas membuka kembali ponsel Anda', en: 'Two officers opened your phone again' },
  'device-suspended': { id: 'IKD di ponsel Anda ditangguhkan', en: 'IKD on your phone was suspended' },
  'device-resumed': { id: 'IKD di ponsel Anda dibuka kembali', en: 'IKD on your phone was opened again' },
  'suspension-link-sent': { id: 'Tautan penangguhan dikirim ke e-mail Anda', en: 'A suspension link was sent to your e-mail' },
  'contact-change-started': { id: 'Penggantian e-mail atau nomor dimulai', en: 'A change of e-mail or number was begun' },
  'contact-changed': { id: 'E-mail atau nomor Anda diganti', en: 'Your e-mail or number was changed' },
  'pin-changed': { id: 'PIN Anda diubah', en: 'Your PIN was changed' },
  'pin-paused': { id: 'PIN salah tiga kali, IKD dijeda', en: 'Three wrong PINs, IKD was paused' },
}

export function activityText(kind: ActivityKind): string {
  return say(sentences[kind])
}

const suspendedBy: Readonly<Record<string, Phrase>> = {
  resident: { id: 'diminta dengan kode resi atau tautan e-mail', en: 'asked for with the receipt code or an e-mail’s link' },
  'not-me': { id: 'tautan “bukan saya” dari alamat e-mail sebelumnya', en: 'the “not me” link of an earlier e-mail address' },
}

/** A desk's purposes are glossary codes; a verifier writes theirs in words. */
export function purposeText(kind: ActivityKind, purpose: string): string {
  const suspension = kind === 'device-suspended' ? suspendedBy[purpose] : undefined
  if (suspension) return say(suspension)
  if (isOneOf<LookupPurpose>(lookupPurposes, purpose)) return lookupPurposeText(purpose)
  if (isOneOf<CaseKind>(caseKinds, purpose)) return caseKindText(purpose)
  if (isOneOf<BlockReason>(blockReasons, purpose)) return blockReasonText(purpose)
  return isOneOf<ServiceKind>(serviceKinds, purpose) ? serviceKindText(purpose) : purpose
}

function isOneOf<T extends string>(known: readonly T[], word: string): word is T {
  return (known as readonly string[]).includes(word)
}
