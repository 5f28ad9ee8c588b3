import { workstationPowers } from '@ikd/contract'
import type { Population } from '@ikd/server'
import { knownTotpSecret } from '../../demo/population/offices.ts'

export const password = 'kereta-malam-ungu-47'
export const enrolmentCode = (n: number) => `kode-gangguan-${n}`

/** Grown-ups of one village with an office, a bank and their staff: as many as a run wears out. */
export function makePeople({ residents, officers, tellers }: { residents: number; officers: number; tellers: number }): { readonly population: Population; readonly niks: readonly string[] } {
  const niks = Array.from({ length: residents }, (_, i) => {
    const day = String((i % 28) + 1).padStart(2, '0')
    return `357701${day}0490${String(Math.floor(i / 28) + 1).padStart(4, '0')}`
  })
  const family = {
    number: '3577010101010001', address: 'Jalan Contoh', neighbourhood: 'RT 001 / RW 001', villageCode: '3577011001', village: 'Kartoharjo',
    district: 'Kartoharjo', regency: 'Kota Madiun', province: 'Jawa Timur', postalCode: '63117',
  }
  const officeRef = 'kantor'
  return {
    niks,
    population: {
      offices: [{ ref: officeRef, name: 'Kantor Gangguan', address: 'Jalan Contoh 1', hours: '08.00–15.00', contacts: [], areaCodes: [] }],
      institutions: [{ ref: 'bank', number: 1, name: 'Bank Contoh', fields: ['photo', 'name', 'birthDate'], purposes: ['Pembukaan rekening'] }],
      staff: [
        ...Array.from({ length: officers }, (_, i) => ({ username: `petugas${i}`, name: `Petugas ${i}`, role: 'officer' as const, officeRef, password, totpSecret: knownTotpSecret })),
        ...[1, 2].map((i) => ({ username: `supervisor${i}`, name: `Supervisor ${i}`, role: 'supervisor' as const, officeRef, password, totpSecret: knownTotpSecret })),
        ...Array.from({ length: tellers }, (_, i) => ({ username: `teller${i}`, name: `Teller ${i}`, role: 'verifier' as const, institutionRef: 'bank', password })),
      ],
      enrolments: Array.from({ length: officers }, (_, i) => ({ officeRef, code: enrolmentCode(i), label: `Loket ${i}`, powers: [...workstationPowers] })),
      families: [family],
      residents: niks.map((nik, i) => ({
        nik, name: `WARGA ${i}`, birthPlace: 'MADIUN', birthDate: `1990-04-${nik.slice(6, 8)}`, sex: 'male' as const, religion: 'Islam',
        maritalStatus: 'single' as const, occupation: 'Guru', nationality: 'WNI', familyNumber: family.number, relationship: 'other' as const,
        recorded: true, ktpIssued: true, alive: true,
      })),
    },
  }
}
