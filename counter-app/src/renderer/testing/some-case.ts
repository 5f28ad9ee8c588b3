import type { Case } from '@ikd/contract'

/** A visit of RATNA's, before its decision unless told otherwise. */
export function someCase(change: Partial<Case> = {}): Case {
  return {
    id: '01900000-0000-7000-8000-000000000001',
    kind: 'activation',
    state: 'awaiting-decision',
    version: 3,
    openedAt: 1,
    office: { id: '01900000-0000-7000-8000-000000000002', name: 'Disdukcapil', address: 'Jl. Pahlawan 37' },
    workstation: 'Loket 1',
    officer: { id: '01900000-0000-7000-8000-000000000003', name: 'Sri' },
    here: true,
    resident: {
      id: '01900000-0000-7000-8000-000000000004', name: 'RATNA', nikMasked: '3577••••••••0001', birthDate: '1998-04-12', address: 'Jl. Merpati 7', hasReference: true,
    },
    eligibility: [],
    captureAttemptsLeft: 3,
    captures: [],
    supervisorDue: false,
    referenceReleased: false,
    serviceRequests: [],
    actions: [],
    ...change,
  }
}
