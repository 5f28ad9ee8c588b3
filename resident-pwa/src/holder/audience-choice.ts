import { type Audience, type DisclosableField, disclosableFields, residentAudienceFields } from '@ikd/contract'
import type { Choice } from './presentation-maker.ts'

export interface Institution {
  readonly number: number
  readonly name: string
  readonly fields: readonly DisclosableField[]
}

/** What most counters need to see; a person adds or takes away before showing the QR. */
export const usualChoice: Choice = { audience: { to: 'any-institution' }, fields: ['photo', 'name', 'nik'] }

/** Fields that can be offered to this audience at all; an institution never gets more than it registered. */
export function offeredFields(audience: Audience, institutions: readonly Institution[]): readonly DisclosableField[] {
  switch (audience.to) {
    case 'resident':
      return residentAudienceFields
    case 'any-institution':
      return disclosableFields
    case 'institution':
      return institutions.find(({ number }) => number === audience.number)?.fields ?? []
  }
}

/** The choice to begin with when the audience changes. */
export function beginChoice(audience: Audience, institutions: readonly Institution[]): Choice {
  return { audience, fields: audience.to === 'any-institution' ? usualChoice.fields : offeredFields(audience, institutions) }
}

/** With a field added or taken away, in the order of the glossary. A resident's audience is fixed. */
export function toggleField(choice: Choice, field: DisclosableField): Choice {
  if (choice.audience.to === 'resident') return choice
  const wanted = new Set(choice.fields)
  if (!wanted.delete(field)) wanted.add(field)
  return { audience: choice.audience, fields: disclosableFields.filter((known) => wanted.has(known)) }
}
