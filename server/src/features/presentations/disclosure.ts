import { type Audience, type DisclosableField, disclosableFields, type Identity, residentAudienceFields, type Scan } from '@ikd/contract'
import { calendarDate } from '../../clock.ts'
import type { Institution } from '../institutions/service.ts'

/** Through whom an institution scans: its staff, or a system of its own. */
export type InstitutionHand = { readonly staffId: string } | { readonly systemId: string }

/** Who scans. */
export type Verifier =
  | { readonly kind: 'institution'; readonly institution: Institution; readonly by: InstitutionHand }
  | { readonly kind: 'resident'; readonly residentId: string; readonly bindingId: string }

export function isAddressedTo(audience: Audience, verifier: Verifier): boolean {
  if (verifier.kind === 'resident') return audience.to === 'resident'
  return audience.to === 'any-institution' || (audience.to === 'institution' && audience.number === verifier.institution.number)
}

/**
 * The fields a verifier gets of those a presentation offers: an institution never more than it registered, but its
 * photograph always, since a face is what makes the rest worth anything; a resident photo and name at most.
 */
export function disclosedFields(offered: readonly DisclosableField[], verifier: Verifier): readonly DisclosableField[] {
  const allowed: readonly DisclosableField[] = verifier.kind === 'resident' ? residentAudienceFields : verifier.institution.fields
  return disclosableFields.filter(
    (field) => allowed.includes(field) && (offered.includes(field) || (field === 'photo' && verifier.kind === 'institution')),
  )
}

/**
 * The register's values of the fields. Sex, marital status and `over17` (`yes`, `no`) stay codes, dates ISO 8601: the
 * front ends have the words. What the register does not hold is left out.
 */
export function disclose(
  identity: Identity,
  fields: readonly DisclosableField[],
  at: number,
  timeZone: string,
): NonNullable<Scan['disclosed']> {
  const { photo } = identity
  return {
    ...(fields.includes('photo') && photo !== undefined ? { photo } : {}),
    values: fields.flatMap((field) => {
      const value = field === 'photo' ? undefined : valueOf(identity, field, at, timeZone)
      return value === undefined ? [] : [{ field, value }]
    }),
  }
}

function valueOf(identity: Identity, field: Exclude<DisclosableField, 'photo'>, at: number, timeZone: string): string | undefined {
  switch (field) {
    case 'address':
      return [identity.address, identity.neighbourhood, identity.village, identity.district, identity.regency, identity.province].join(', ')
    case 'over17':
      return isSeventeen(identity.birthDate, calendarDate(at, timeZone)) ? 'yes' : 'no'
    default:
      return identity[field]
  }
}

/** Both ISO 8601 dates; whoever is born on 29 February turns seventeen on 1 March. */
export function isSeventeen(birthDate: string, today: string): boolean {
  const seventeenth = `${Number(birthDate.slice(0, 4)) + 17}${birthDate.slice(4)}`
  return today >= seventeenth
}
