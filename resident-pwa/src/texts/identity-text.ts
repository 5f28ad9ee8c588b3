import type { DisclosableField, FamilyMember, Identity } from '@ikd/contract'
import { fieldLabel, formatDate, type Phrase, say } from '@ikd/ui'

const maritalStatuses: Record<Identity['maritalStatus'], Phrase> = {
  single: { id: 'Belum kawin', en: 'Single' },
  married: { id: 'Kawin', en: 'Married' },
  divorced: { id: 'Cerai hidup', en: 'Divorced' },
  widowed: { id: 'Cerai mati', en: 'Widowed' },
}

const relationships: Record<Exclude<FamilyMember['relationship'], 'spouse'>, Phrase> = {
  head: { id: 'Kepala keluarga', en: 'Head of family' },
  child: { id: 'Anak', en: 'Child' },
  parent: { id: 'Orang tua', en: 'Parent' },
  sibling: { id: 'Saudara', en: 'Sibling' },
  other: { id: 'Anggota lain', en: 'Other member' },
}

export function fieldList(fields: readonly DisclosableField[]): string {
  return fields.map(fieldLabel).join(', ')
}

export function sexText(sex: Identity['sex']): string {
  return say(sex === 'female' ? { id: 'Perempuan', en: 'Female' } : { id: 'Laki-laki', en: 'Male' })
}

export function maritalText(status: Identity['maritalStatus']): string {
  return say(maritalStatuses[status])
}

export function relationshipText(relationship: FamilyMember['relationship'], sex: FamilyMember['sex']): string {
  if (relationship === 'spouse') return say(sex === 'female' ? { id: 'Istri', en: 'Wife' } : { id: 'Suami', en: 'Husband' })
  return say(relationships[relationship])
}

/** A document's value as its source gave it; a date, in either order sources write it, as people read it. */
export function documentValueText(value: string): string {
  const isoDate = value.replace(/^(\d{2})-(\d{2})-(\d{4})$/, '$3-$2-$1')
  return /^\d{4}-\d{2}-\d{2}$/.test(isoDate) && !Number.isNaN(Date.parse(isoDate)) ? formatDate(isoDate) : value
}

/** A disclosed value as people read it; the server sends codes for closed lists and ISO dates. */
export function valueText(field: DisclosableField, value: string): string {
  if (field === 'birthDate' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value)
  if (field === 'sex' && (value === 'female' || value === 'male')) return sexText(value)
  if (field === 'maritalStatus' && value in maritalStatuses) return maritalText(value as Identity['maritalStatus'])
  if (field === 'over17') return say(value === 'true' ? { id: 'Ya', en: 'Yes' } : { id: 'Tidak', en: 'No' })
  return value
}
