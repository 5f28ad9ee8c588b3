import type { DisclosableField, FamilyMember, Identity } from '@ikd/contract'
import { fieldLabel, formatDate, type Phrase, say } from '@ikd/ui'

const maritalStatuses: Record<Identity['maritalStatus'], Phrase> = {
  single: { id: 'Belum kawin', en: 'Single' },
  married: { id: 'Kawin', en: 'Married' },
  divorced: { id: 'Cerai hidup', en: 'Divorced' },
  widowed: { id: 'Cerai mati', en: 'Widowed' },
}

const relationships: Record<FamilyMember['relationship'], Phrase> = {
  head: { id: 'Kepala keluarga', en: 'Head of family' },
  spouse: { id: 'Suami / istri', en: 'Spouse' },
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

export function relationshipText(relationship: FamilyMember['relationship']): string {
  return say(relationships[relationship])
}

/** A disclosed value as people read it; the server sends codes for closed lists and ISO dates. */
export function valueText(field: DisclosableField, value: string): string {
  if (field === 'birthDate' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value)
  if (field === 'sex' && (value === 'female' || value === 'male')) return sexText(value)
  if (field === 'maritalStatus' && value in maritalStatuses) return maritalText(value as Identity['maritalStatus'])
  if (field === 'over17') return say(value === 'true' ? { id: 'Ya', en: 'Yes' } : { id: 'Tidak', en: 'No' })
  return value
}
