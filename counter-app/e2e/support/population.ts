import type { Population } from '@ikd/server'
import { knownApprovalPin, knownTotpSecret } from '../../../scripts/demo/population/offices.ts'

export const officer = { username: 'petugas', name: 'Sri Wahyuni', password: 'kopi-hangat-sore' } as const
export const supervisor = { username: 'penyelia', name: 'Bambang Hartono', password: 'sawah-hijau-luas' } as const
export const admin = { username: 'admin', name: 'Wulan Prasetyo', password: 'hujan-turun-siang' } as const
/** Whose second step is reset in these tests, and set up anew. */
export const newcomer = { username: 'petugas2', name: 'Rina Kartika', password: 'jalan-kecil-teduh' } as const

const family = '3577011801050001'

/** The people of these tests: who match the camera's face, who does not, who has no photograph, who may not yet. */
export const people = {
  ratna: { nik: '3577015204980001', name: 'RATNA AYU KUSUMO', birthDate: '1998-04-12' },
  dewi: { nik: '3577014107900002', name: 'DEWI LESTARI', birthDate: '1990-07-01' },
  bayu: { nik: '3577010203850003', name: 'BAYU SAPUTRA', birthDate: '1985-03-02' },
  sari: { nik: '3577014203980005', name: 'SARI AYU KUSUMO', birthDate: '1998-03-02' },
  tari: { nik: '3577015508980006', name: 'TARI AYU KUSUMO', birthDate: '1998-08-15' },
  yuni: { nik: '3577014506920008', name: 'YUNI KUSUMO', birthDate: '1992-06-05' },
  wati: { nik: '3577015911910009', name: 'WATI LESTARI', birthDate: '1991-11-19' },
  dimas: { nik: '3577012908040004', name: 'DIMAS KUSUMO', birthDate: '2004-08-29' },
  gilang: { nik: '3577011703050007', name: 'GILANG KUSUMO', birthDate: '2005-03-17' },
} as const

/** @param photos KTP-el photographs by person, JPEG */
export function population(photos: { ratna: Uint8Array; dewi: Uint8Array; bayu: Uint8Array }, enrolmentCodes: readonly string[]): Population {
  const common = {
    birthPlace: 'Madiun', religion: 'Islam', maritalStatus: 'single', occupation: 'Karyawan Swasta', nationality: 'WNI', familyNumber: family,
    relationship: 'child', recorded: true, ktpIssued: true, alive: true,
  } as const
  return {
    offices: [
      {
        ref: 'madiun', name: 'Disdukcapil Kota Madiun', address: 'Jl. Pahlawan 37, Madiun', hours: 'Senin–Jumat 08.00–15.00',
        contacts: [{ topic: 'complaints', whatsapp: '+628123456789' }], areaCodes: ['3577'],
      },
    ],
    institutions: [],
    staff: [
      { ...officer, role: 'officer', officeRef: 'madiun', totpSecret: knownTotpSecret },
      { ...supervisor, role: 'supervisor', officeRef: 'madiun', totpSecret: knownTotpSecret, approvalPin: knownApprovalPin },
      { ...admin, role: 'admin', officeRef: 'madiun', totpSecret: knownTotpSecret, approvalPin: knownApprovalPin },
      { ...newcomer, role: 'officer', officeRef: 'madiun', totpSecret: knownTotpSecret },
    ],
    enrolments: enrolmentCodes.map((code, i) => ({ officeRef: 'madiun', code, label: `Loket ${i + 1}`, powers: ['activate', 'override', 'rebind', 'administer'] })),
    families: [
      {
        number: family, address: 'Jl. Merpati 7', neighbourhood: 'RT 003 / RW 005', villageCode: '3577011001', village: 'Kartoharjo',
        district: 'Kartoharjo', regency: 'Kota Madiun', province: 'Jawa Timur', postalCode: '63117',
      },
    ],
    residents: [
      { ...common, ...people.ratna, sex: 'female', photo: photos.ratna },
      // Sari and Tari have Ratna's face: people whom the same camera matches.
      { ...common, ...people.sari, sex: 'female', photo: photos.ratna },
      { ...common, ...people.tari, sex: 'female', photo: photos.ratna },
      { ...common, ...people.yuni, sex: 'female', photo: photos.ratna },
      { ...common, ...people.dewi, sex: 'female', photo: photos.dewi },
      // Nobody whom the camera sees.
      { ...common, ...people.wati, sex: 'female', photo: photos.dewi },
      { ...common, ...people.bayu, sex: 'male', photo: photos.bayu },
      { ...common, ...people.dimas, sex: 'male', recorded: false, ktpIssued: false },
      { ...common, ...people.gilang, sex: 'male', recorded: false, ktpIssued: false },
    ],
  }
}
