import { Type } from 'typebox'
import { caseStates, duplicateKinds, duplicateOutcomes } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { CalendarDate, closed, Count, Id, Instant, Jpeg, oneOf, ShortText } from './shapes.ts'

/** Somebody whose face is like that of an approved case, or a case whose face could not be searched at all. */
export const Duplicate = closed({
  id: Id,
  kind: oneOf(duplicateKinds),
  at: Instant,
  /** The case that was approved, of the own office. */
  case: closed({ id: Id, state: oneOf(caseStates), residentName: Type.String(), birthDate: CalendarDate, sex: oneOf(['female', 'male']), officer: Type.String() }),
  /**
   * Whom the face is like; absent where nothing was searched. What tells two people apart, and of residents who came to
   * another office no more than that: neither name nor day of birth.
   */
  other: Type.Optional(
    closed({
      office: Type.String(),
      /** When their own visit was opened. */
      at: Instant,
      birthYear: Type.Integer({ minimum: 1800, maximum: 9999 }),
      sex: oneOf(['female', 'male']),
      /** Of the own office only. */
      name: Type.Optional(Type.String()),
    }),
  ),
  /** The caller has seen both photographs, and may decide. */
  seen: Type.Boolean(),
  decision: Type.Optional(closed({ outcome: oneOf(duplicateOutcomes), reason: Type.String(), at: Instant, by: Type.String() })),
})

const DuplicateId = closed({ duplicateId: Id })

export const duplicates = {
  list: defineRoute({
    id: 'duplicates.list',
    method: 'GET',
    path: '/v1/duplicates',
    access: ['supervisor', 'admin'],
    summary: 'Faces of the own office’s cases that are like somebody else’s: all that wait for a decision, those held first, and what was decided in the last 7 days; a hundred at most',
    unattended: true,
    answer: closed({ duplicates: Type.Array(Duplicate), undecided: Count }),
  }),
  look: defineRoute({
    id: 'duplicates.look',
    method: 'POST',
    path: '/v1/duplicates/:duplicateId/looks',
    access: ['supervisor', 'admin'],
    summary: 'Both photographs, side by side; both residents see it in their history',
    ratePerMinute: 20,
    params: DuplicateId,
    repeatable: 'reads; every look is recorded for itself',
    answer: closed({
      own: Jpeg,
      other: Jpeg,
      /** Whether it was taken at a desk, or is the KTP-el photograph because the other is kept no longer. */
      ownFrom: oneOf(['desk', 'ktp']),
      otherFrom: oneOf(['desk', 'ktp']),
    }),
  }),
  decide: defineRoute({
    id: 'duplicates.decide',
    method: 'POST',
    path: '/v1/duplicates/:duplicateId/decision',
    access: ['supervisor', 'admin'],
    summary: 'Different people: a held case goes on. The same person: the case is refused while it can be, and both offices are told. By somebody who has seen both photographs and has no other part in the case',
    params: DuplicateId,
    body: closed({ outcome: oneOf(duplicateOutcomes), reason: ShortText }),
    answer: Duplicate,
  }),
  letGo: defineRoute({
    id: 'duplicates.letGo',
    method: 'POST',
    path: '/v1/cases/:caseId/duplicate-search/release',
    access: ['supervisor', 'admin'],
    summary: 'The mail of a case whose search cannot be run leaves without it',
    params: closed({ caseId: Id }),
    body: closed({ reason: ShortText }),
    answer: Duplicate,
  }),
}
