import { Type } from 'typebox'
import { captureOutcomes, challengeSteps } from '../glossary.ts'
import { deskStaff } from '../access.ts'
import { defineRoute } from '../route.ts'
import { Case, CaseId } from './case.ts'
import { closed, Count, Id, Instant, Jpeg, oneOf, ShortText } from './shapes.ts'

/** Base64 of a frame of 640×480: 250 kB, which no camera's picture of that size needs. */
const FrameJpeg = Type.String({ maxLength: 333_336, contentEncoding: 'base64' })

/** The face of a case: its order, its frames, the photograph it is compared with, what is kept of it. */
export const caseCaptures = {
  startCapture: defineRoute({
    id: 'cases.startCapture',
    method: 'POST',
    path: '/v1/cases/:caseId/captures',
    access: deskStaff,
    summary: 'Begins a capture: the server names the nonce and what the resident is to do',
    ratePerMinute: 30,
    params: CaseId,
    status: 201,
    answer: closed({
      captureId: Id,
      /** base64url; the frames are bound to it. */
      nonce: Type.String(),
      expiresAt: Instant,
      /** Steps of the active challenge, in order: `look` first, then two or three movements, at least one of them a turn. */
      challenge: Type.Array(oneOf(challengeSteps)),
      /** Frames to be sent of each step, spread over the time it was shown. */
      framesPerStep: Count,
    }),
  }),
  submitCapture: defineRoute({
    id: 'cases.submitCapture',
    method: 'POST',
    path: '/v1/cases/:caseId/captures/:captureId/frames',
    access: deskStaff,
    summary: 'The burst. The server recomputes everything from the images.',
    ratePerMinute: 30,
    bodyLimit: 7_000_000,
    params: closed({ caseId: Id, captureId: Id }),
    body: closed({
      nonce: Type.String({ maxLength: 64 }),
      frames: Type.Array(
        closed({
          jpeg: FrameJpeg,
          /** Milliseconds since the first frame, by the desk’s clock. */
          atMs: Type.Integer({ minimum: 0, maximum: 90_000 }),
          /** Which step of the challenge was shown then, counted from 0. */
          step: Type.Integer({ minimum: 0, maximum: 3 }),
        }),
        { minItems: 1, maxItems: 20 },
      ),
    }),
    answer: Case,
  }),
  reference: defineRoute({
    id: 'cases.reference',
    method: 'GET',
    path: '/v1/cases/:caseId/reference',
    access: deskStaff,
    summary: 'The KTP-el photograph: after a match; for the supervisor who is asked, and after their approval; and where the phone has confirmed, after any comparison or when a supervisor has to decide without',
    params: CaseId,
    answer: closed({ jpeg: Jpeg }),
  }),
  evidence: defineRoute({
    id: 'cases.evidence',
    method: 'POST',
    path: '/v1/cases/:caseId/evidence-looks',
    access: ['supervisor', 'admin'],
    summary: 'The frames the face results of a case rested on, or what the camera saw where no face could be compared, with a reason; the resident sees it in their history',
    ratePerMinute: 20,
    params: CaseId,
    body: closed({ reason: ShortText }),
    repeatable: 'reads; every look is recorded for itself',
    answer: closed({
      /** Earliest first; captures that kept nothing are absent. */
      captures: Type.Array(
        closed({ captureId: Id, at: Instant, outcome: oneOf(captureOutcomes), frames: Type.Array(Jpeg, { maxItems: 3 }) }),
      ),
      /** When they are deleted; absent while the case is open. */
      deletedAt: Type.Optional(Instant),
    }),
  }),
}
