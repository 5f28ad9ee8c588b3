import type { Duplicate, DuplicateKind, DuplicateOutcome } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

export const duplicateKindText: Record<DuplicateKind, Phrase> = {
  held: { id: 'Sangat mirip · e-mail ditahan', en: 'Very alike · the mail is held' },
  listed: { id: 'Agak mirip · diperiksa hari ini', en: 'Somewhat alike · to be looked at today' },
  unsearched: { id: 'Belum dapat dicari · e-mail menunggu', en: 'Could not be searched yet · the mail waits' },
}

export const duplicateOutcomeText: Record<DuplicateOutcome, Phrase> = {
  different: { id: 'Orang yang berbeda', en: 'Different people' },
  same: { id: 'Orang yang sama', en: 'The same person' },
}

/** What a decision brings about, before it is made. */
export const duplicateConsequenceText: Record<DuplicateOutcome, Phrase> = {
  different: {
    id: 'Bila e-mail aktivasinya ditahan, e-mail langsung terkirim.',
    en: 'If the activation mail is held, it leaves at once.',
  },
  same: {
    id: 'Aktivasi ini ditolak bila belum selesai, dan kedua kantor diberi peringatan. Ponsel yang sudah aktif tidak ikut terblokir: blokir lewat Cari.',
    en: 'This activation is refused if it is not complete, and both offices are alerted. A phone that is active already is not blocked by this: block it under Look up.',
  },
}

const sexText = { female: { id: 'perempuan', en: 'female' }, male: { id: 'laki-laki', en: 'male' } } as const satisfies Record<Duplicate['case']['sex'], Phrase>

/** Who the other one is: of another office's residents no more than tells two people apart. */
export function otherText({ name, sex, birthYear, office }: NonNullable<Duplicate['other']>): Phrase {
  const who = (unnamed: string) => name ?? unnamed
  return {
    id: `${who('penduduk lain')}, ${sexText[sex].id}, lahir ${birthYear}, ${office}`,
    en: `${who('another resident')}, ${sexText[sex].en}, born ${birthYear}, ${office}`,
  }
}

export const photoFromText: Record<'desk' | 'ktp', Phrase> = {
  desk: { id: 'Gambar dari loket', en: 'Picture from the desk' },
  ktp: { id: 'Foto KTP-el', en: 'KTP-el photograph' },
}
