import type { EligibilityRule } from '@ikd/contract'
import type { OfficeRules } from '../offices/service.ts'
import type { ResidentView } from '../residents/service.ts'

export interface EligibilityFinding {
  readonly rule: EligibilityRule
  readonly passed: boolean
}

/**
 * Who may have an IKD, at this office, today. Every rule is answered, so that the officer can explain all at once.
 *
 * @param today ISO 8601 calendar date at the office
 * @param now milliseconds since the epoch
 */
export function checkEligibility(
  resident: ResidentView | undefined,
  office: OfficeRules,
  today: string,
  now: number,
): readonly EligibilityFinding[] {
  if (!resident) return [{ rule: 'in-register', passed: false }]
  return [
    { rule: 'in-register', passed: true },
    { rule: 'alive', passed: resident.alive },
    { rule: 'recorded', passed: resident.recorded },
    { rule: 'ktp-issued', passed: resident.ktpIssued },
    { rule: 'seventeen-or-married', passed: resident.everMarried || isAtLeast(17, resident.birthDate, today) },
    {
      rule: 'domicile',
      passed: office.areaCodes.length === 0 || office.areaCodes.some((prefix) => resident.villageCode.startsWith(prefix)),
    },
    { rule: 'rolled-out', passed: office.rolloutFrom === undefined || office.rolloutFrom <= now },
  ]
}

/** ISO dates compare as text; on 1 March for those born on 29 February, as "0229" < "0301". */
export function isAtLeast(years: number, birthDate: string, today: string): boolean {
  const year = String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0')
  return year + birthDate.slice(4) <= today
}
