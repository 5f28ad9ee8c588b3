import type { Case, CaseKind } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

type BoundPhone = NonNullable<Case['phone']>

export const boundPhoneText: Record<BoundPhone['state'], Phrase> = {
  active: { id: 'Aktif', en: 'Active' },
  blocked: { id: 'Diblokir', en: 'Blocked' },
  suspended: { id: 'Ditangguhkan', en: 'Suspended' },
  released: { id: 'Dilepas', en: 'Released' },
}

export const suspendedByText: Record<NonNullable<BoundPhone['suspendedBy']>, Phrase> = {
  resident: { id: 'oleh warga sendiri', en: 'by the resident' },
  'not-me': { id: 'lewat tautan “bukan saya” di e-mail', en: 'by a “not me” link in an e-mail' },
}

/** What a visit that ended well has come to. */
export const completedText: Record<CaseKind, Phrase | undefined> = {
  activation: { id: 'Ponsel warga sudah aktif.', en: 'The resident’s phone is active.' },
  rebinding: { id: 'Ponsel warga sudah aktif.', en: 'The resident’s phone is active.' },
  unblock: { id: 'Ponsel warga aktif lagi, dengan PIN yang sama.', en: 'The resident’s phone is active again, with the same PIN.' },
  block: { id: 'Ponsel warga diblokir. Bila ada ponsel baru, buka kasus ganti ponsel.', en: 'The resident’s phone is blocked. If there is a new phone, open a change-of-phone case.' },
  contact: { id: 'Kontak warga sudah diganti.', en: 'The resident’s contact is changed.' },
  service: undefined,
}

/** What a second person's approval brings about beyond what everybody expects of it. */
export const approvalEffectText: Partial<Record<CaseKind, Phrase>> = {
  rebinding: { id: 'Ganti ponsel: ponsel lama langsung diblokir saat disetujui.', en: 'New phone: the old phone is blocked at once when approved.' },
  unblock: { id: 'Buka blokir: ponsel ini langsung aktif lagi saat disetujui.', en: 'Unblocking: this phone is active again at once when approved.' },
}

/** Why two people decide although the faces match. */
export const twoPeopleText: Partial<Record<CaseKind, Phrase>> = {
  rebinding: { id: 'Ganti ponsel selalu perlu persetujuan supervisor.', en: 'A new phone always needs a supervisor’s approval.' },
  unblock: { id: 'Membuka blokir selalu perlu persetujuan supervisor.', en: 'Unblocking always needs a supervisor’s approval.' },
}
