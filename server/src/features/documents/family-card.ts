import type { FamilyMember, Identity } from '@ikd/contract'
import type { DocumentItem } from './source.ts'

const relationships: Record<FamilyMember['relationship'], string> = {
  head: 'Kepala Keluarga',
  spouse: 'Suami/Istri',
  child: 'Anak',
  parent: 'Orang Tua',
  sibling: 'Saudara',
  other: 'Lainnya',
}

const sexes: Record<FamilyMember['sex'], string> = { female: 'Perempuan', male: 'Laki-laki' }

/** *Kartu Keluarga* as the register has it: the card, then one item for each member. Labels as printed on the card. */
export function familyCard(
  identity: Identity,
  family: { readonly familyCardNumber: string; readonly members: readonly FamilyMember[] },
): readonly DocumentItem[] {
  const head = family.members.find((member) => member.relationship === 'head')
  return [
    {
      title: 'Kartu Keluarga',
      fields: [
        { label: 'Nomor KK', value: family.familyCardNumber },
        ...(head ? [{ label: 'Nama Kepala Keluarga', value: head.name }] : []),
        { label: 'Alamat', value: identity.address },
        { label: 'RT/RW', value: identity.neighbourhood },
        { label: 'Desa/Kelurahan', value: identity.village },
        { label: 'Kecamatan', value: identity.district },
        { label: 'Kabupaten/Kota', value: identity.regency },
        { label: 'Provinsi', value: identity.province },
      ],
    },
    ...family.members.map((member) => ({
      title: member.name,
      fields: [
        { label: 'NIK', value: member.nik },
        { label: 'Jenis Kelamin', value: sexes[member.sex] },
        { label: 'Tanggal Lahir', value: member.birthDate.split('-').reverse().join('-') },
        { label: 'Status Hubungan Dalam Keluarga', value: relationships[member.relationship] },
      ],
    })),
  ]
}
