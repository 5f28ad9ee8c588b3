import type { CaseOpening, FoundResident } from '../desk/desk-api.ts'
import type { LookupPurpose } from '@ikd/contract'

export type LookupKind = Extract<CaseOpening, { readonly from: 'lookup' }>['kind']

/** Which cases a look-up leads to, the likeliest first. The server decides; this keeps out what it would only refuse. */
export function lookupWays(purpose: LookupPurpose, boundDevice: FoundResident['boundDevice']): readonly LookupKind[] {
  const isLiving = boundDevice === 'active' || boundDevice === 'suspended'
  const ifLiving = (kind: LookupKind): readonly LookupKind[] => (isLiving ? [kind] : [])
  switch (purpose) {
    case 'lost-phone':
      return ['rebinding', ...ifLiving('block'), 'service']
    case 'no-phone':
      return ['service']
    case 'correction':
      return [...ifLiving('contact'), 'service']
    case 'suspected-misuse':
      return [...ifLiving('block'), 'service']
  }
}
