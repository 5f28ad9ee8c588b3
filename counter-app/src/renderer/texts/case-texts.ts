import type { CaptureBand, DeviceState } from '@ikd/contract'
import type { Phrase } from '@ikd/ui'

/** Bands, never distances: how the server puts the likeness. */
export const captureBandText: Record<CaptureBand, Phrase> = {
  near: { id: 'Kemiripan kuat', en: 'Strong likeness' },
  unsure: { id: 'Kemiripan ragu', en: 'Uncertain likeness' },
  far: { id: 'Kemiripan lemah', en: 'Weak likeness' },
}

export const deviceStateText: Record<DeviceState, Phrase> = {
  registered: { id: 'HP terdaftar', en: 'Phone registered' },
  'at-desk': { id: 'HP di loket', en: 'Phone at the desk' },
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
