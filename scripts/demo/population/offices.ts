import { type ContactTopic, contactTopics, workstationPowers } from '@ikd/contract'
import type { Population } from '@ikd/server'

/** Nobody has these numbers: eight equal digits after the operator's prefix are not given out. */
function contacts(office: number): { topic: ContactTopic; whatsapp: string }[] {
  return contactTopics.map((topic, i) => ({ topic, whatsapp: `+628110000000${office}${i + 1}` }))
}

export const offices: Population['offices'] = [
  {
    ref: 'madiun',
    name: 'Disdukcapil Kota Madiun',
    address: 'Jalan Contoh No. 1, Kota Madiun, Jawa Timur',
    hours: 'Senin–Kamis 08.00–15.00, Jumat 08.00–14.00 WIB',
    contacts: contacts(1),
    areaCodes: ['3577'],
    rolloutFrom: Date.UTC(2024, 0, 1),
  },
  {
    ref: 'banguntapan',
    name: 'Kapanewon Banguntapan, Kabupaten Bantul',
    address: 'Jalan Contoh No. 2, Banguntapan, Bantul, Daerah Istimewa Yogyakarta',
    hours: 'Senin–Kamis 08.00–14.30, Jumat 08.00–13.00 WIB',
    contacts: contacts(2),
    areaCodes: ['340212'],
    rolloutFrom: Date.UTC(2024, 6, 1),
  },
]

export const institutions: Population['institutions'] = [
  {
    ref: 'bank',
    number: 1,
    name: 'Bank Contoh Nusantara',
    fields: ['photo', 'name', 'nik', 'birthPlace', 'birthDate', 'sex', 'address', 'maritalStatus', 'occupation', 'nationality'],
    purposes: ['Pembukaan rekening', 'Penarikan tunai', 'Pengajuan kredit', 'Pembaruan data nasabah'],
  },
  { ref: 'clinic', number: 2, name: 'Klinik Contoh Sehat', fields: ['photo', 'name', 'birthDate', 'over17'], purposes: ['Pendaftaran pasien', 'Pengambilan obat'] },
]

type Staff = Population['staff'][number]

const staff: readonly Omit<Staff, 'password'>[] = [
  { username: 'petugas.madiun', name: 'Hesti Wulansari', role: 'officer', officeRef: 'madiun' },
  { username: 'petugas2.madiun', name: 'Galih Pramono', role: 'officer', officeRef: 'madiun' },
  { username: 'supervisor.madiun', name: 'Endah Prihatini', role: 'supervisor', officeRef: 'madiun' },
  { username: 'admin.madiun', name: 'Yudi Hermanto', role: 'admin', officeRef: 'madiun' },
  { username: 'petugas.banguntapan', name: 'Anisa Rahmawati', role: 'officer', officeRef: 'banguntapan' },
  { username: 'supervisor.banguntapan', name: 'Sigit Wijanarko', role: 'supervisor', officeRef: 'banguntapan' },
  { username: 'admin.banguntapan', name: 'Tri Hastuti', role: 'admin', officeRef: 'banguntapan' },
  { username: 'teller.bank', name: 'Maya Puspita', role: 'verifier', institutionRef: 'bank' },
  { username: 'loket.klinik', name: 'Arif Budiarto', role: 'verifier', institutionRef: 'clinic' },
]

/** Of everybody's authenticator app in a test, where it need be no secret. */
export const knownTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** Of every supervisor and admin, where it need be no secret. */
export const knownApprovalPin = '730284'

/** By user name. */
export interface StaffSecrets {
  readonly password: (username: string) => string
  /** Base32, of the authenticator app of an office's member of staff. */
  readonly totpSecret: (username: string) => string
  /** Of a supervisor or admin. */
  readonly approvalPin: (username: string) => string
}

export function makeStaff({ password, totpSecret, approvalPin }: StaffSecrets): Staff[] {
  return staff.map((member) => ({
    ...member,
    password: password(member.username),
    ...(member.role === 'verifier' ? {} : { totpSecret: totpSecret(member.username) }),
    ...(member.role === 'supervisor' || member.role === 'admin' ? { approvalPin: approvalPin(member.username) } : {}),
  }))
}

/** How many browsers or machines each office can enrol before the demo has to be reset. */
export const enrolmentsPerOffice = 8

/** @param code gives the one-time code for the nth workstation of an office */
export function makeEnrolments(code: (officeRef: string, n: number) => string): Population['enrolments'] {
  return offices.flatMap(({ ref }) =>
    Array.from({ length: enrolmentsPerOffice }, (_, i) => ({
      officeRef: ref,
      code: code(ref, i + 1),
      label: `Loket ${i + 1}`,
      // The demo grants openly what a browser would not get elsewhere.
      powers: [...workstationPowers],
    })),
  )
}
