import { type LookupPurpose, lookupPurposes } from '@ikd/contract'
import { lookupPurposeText, type Phrase, say } from '@ikd/ui'

const sentences: Readonly<Record<string, Phrase>> = {
  'scanned-by-institution': { id: 'QR Anda dipindai lembaga', en: 'An institution scanned your QR' },
  'scanned-by-resident': { id: 'QR Anda dipindai penduduk lain', en: 'Another resident scanned your QR' },
  'scanned-resident': { id: 'Anda memindai QR penduduk lain', en: 'You scanned another resident’s QR' },
  'case-opened': { id: 'Petugas membuka permohonan Anda', en: 'An officer opened your request' },
  'looked-up-at-desk': { id: 'Petugas mencari data Anda', en: 'An officer looked you up' },
  'email-corrected': { id: 'Petugas membetulkan alamat e-mail Anda', en: 'An officer corrected your e-mail address' },
  'device-bound': { id: 'IKD diaktifkan di sebuah ponsel', en: 'IKD was activated on a phone' },
  'device-blocked': { id: 'Ponsel lama Anda diblokir', en: 'Your old phone was blocked' },
  'pin-changed': { id: 'PIN Anda diubah', en: 'Your PIN was changed' },
}

/** The sentence for an entry of Histori; a kind this version of the app does not know still shows who, when and what. */
export function activityText(kind: string): string {
  return say(sentences[kind] ?? { id: 'Kegiatan lain pada data Anda', en: 'Other activity on your data' })
}

/** A desk's purposes are glossary codes; a verifier writes theirs in words. */
export function purposeText(purpose: string): string {
  const known = (lookupPurposes as readonly string[]).includes(purpose)
  return known ? lookupPurposeText(purpose as LookupPurpose) : purpose
}
