import type { Case, CaseKind } from '@ikd/contract'
import { blockReasonPhrase, formatDateTime, type Phrase, serviceKindPhrase } from '@ikd/ui'

/** What stands on a resident's paper. Its own words are in both languages whatever the officer reads, its dates in Indonesian: it is the resident's. */
export type Receipt = {
  readonly title: Phrase
  /** What something is collected by. */
  readonly number?: string
  readonly rows: readonly (readonly [label: Phrase, value: string | Phrase])[]
  readonly advice: Phrase
}

/** What kinds of visit leave a paper once they came to their end; the resident may have no phone to read it on. */
const visits: Partial<Record<CaseKind, { title: Phrase; advice: Phrase }>> = {
  block: {
    title: { id: 'Tanda terima blokir ponsel', en: 'Receipt: phone blocked' },
    advice: {
      id: 'IKD di ponsel lama tidak dapat dipakai lagi oleh siapa pun. Ponsel lama kembali? Bawa ponsel itu dan KTP-el ke kantor Dukcapil. Ganti ponsel? Daftar IKD di ponsel baru, lalu datang membawa ponsel baru dan KTP-el.',
      en: 'Nobody can use IKD on the old phone any more. You have it back? Bring it and your KTP-el to a Dukcapil office. Changing phones? Register with IKD on the new one, then come with it and your KTP-el.',
    },
  },
  unblock: {
    title: { id: 'Tanda terima buka blokir', en: 'Receipt: phone unblocked' },
    advice: {
      id: 'IKD di ponsel Anda aktif lagi, dengan PIN yang sama. Ada yang tidak benar? Segera datang ke kantor ini.',
      en: 'IKD on your phone is active again, with the same PIN. Something wrong? Come to this office at once.',
    },
  },
  contact: {
    title: { id: 'Tanda terima ganti kontak', en: 'Receipt: contact changed' },
    advice: {
      id: 'Mulai sekarang IKD menghubungi Anda di e-mail atau nomor baru ini. Ada yang tidak benar? Segera datang ke kantor ini.',
      en: 'From now on IKD reaches you at this new e-mail or number. Something wrong? Come to this office at once.',
    },
  },
}

/** For the family, instead of what to do about phones. */
const bereaved: Phrase = {
  id: 'IKD di ponsel almarhum/almarhumah tidak dapat dipakai lagi oleh siapa pun. Kami turut berdukacita. Akta kematian dapat diurus di kantor ini.',
  en: 'Nobody can use IKD on that phone any more. We are sorry for your loss. A death certificate can be asked for at this office.',
}

/** The paper of a whole visit, or `undefined` while it has none to give. */
export function visitReceipt(shown: Case): Receipt | undefined {
  const visit = visits[shown.kind]
  if (visit === undefined || shown.state !== 'completed') return undefined
  const { phone, block, contactChange, supervision, decision, closedAt } = shown
  return {
    ...visit,
    ...(block?.reason === 'deceased' ? { advice: bereaved } : {}),
    rows: [
      ...residentRows(shown),
      ...row({ id: 'Ponsel terpasang sejak', en: 'Phone bound since' }, shown.kind === 'contact' || phone === undefined ? undefined : formatDateTime(phone.boundAt, 'id')),
      ...row({ id: 'Alasan', en: 'Reason' }, block?.reason && blockReasonPhrase(block.reason)),
      ...row({ id: 'Kontak baru', en: 'New contact' }, contactChange?.newMasked),
      ...row({ id: 'Selesai', en: 'Done' }, closedAt === undefined ? undefined : formatDateTime(closedAt, 'id')),
      officerRow(shown, decision?.officer),
      ...row({ id: 'Disetujui oleh', en: 'Approved by' }, supervision?.approvedBy),
      // What the office finds the visit again by.
      [{ id: 'Nomor kasus', en: 'Case number' }, shown.id],
    ],
  }
}

/** The paper of one request for physical service, or `undefined` when the visit has no such request. */
export function serviceReceipt(shown: Case, requestId: string): Receipt | undefined {
  const request = shown.serviceRequests.find(({ id }) => id === requestId)
  if (request === undefined) return undefined
  return {
    title: { id: 'Tanda terima layanan', en: 'Service receipt' },
    number: request.number,
    rows: [
      ...residentRows(shown),
      [{ id: 'Layanan', en: 'Service' }, serviceKindPhrase(request.kind)],
      [{ id: 'Diterima', en: 'Received' }, formatDateTime(request.at, 'id')],
      officerRow(shown),
      ...row({ id: 'Catatan', en: 'Note' }, request.note || undefined),
    ],
    advice: {
      id: 'Bawa tanda terima ini saat mengambil. Layanan tidak dipungut biaya.',
      en: 'Bring this receipt when you collect. The service is free of charge.',
    },
  }
}

function residentRows({ resident }: Case): Receipt['rows'] {
  return [
    [{ id: 'Nama', en: 'Name' }, resident?.name ?? '—'],
    [{ id: 'NIK', en: 'NIK' }, resident?.nikMasked ?? '—'],
  ]
}

function officerRow({ officer, workstation }: Case, name = officer.name): Receipt['rows'][number] {
  return [{ id: 'Petugas', en: 'Officer' }, `${name} · ${workstation}`]
}

function row(label: Phrase, value: string | Phrase | undefined): Receipt['rows'] {
  return value === undefined ? [] : [[label, value]]
}
