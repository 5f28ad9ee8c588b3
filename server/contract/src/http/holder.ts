import { Type } from 'typebox'
import { activityKinds, disclosableFields, documentKinds } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { AccessToken, CalendarDate, closed, EpochNonce, Id, Instant, InstitutionNumber, Jpeg, Line, oneOf, PageBefore, PublicJwk, QrText, SixDigits } from './shapes.ts'

export const Identity = closed({
  nik: Type.String(),
  name: Type.String(),
  birthPlace: Type.String(),
  birthDate: CalendarDate,
  sex: oneOf(['female', 'male']),
  bloodType: Type.Optional(Type.String()),
  address: Type.String(),
  neighbourhood: Type.String(),
  village: Type.String(),
  district: Type.String(),
  regency: Type.String(),
  province: Type.String(),
  religion: Type.String(),
  maritalStatus: oneOf(['single', 'married', 'divorced', 'widowed']),
  occupation: Type.String(),
  nationality: Type.String(),
  familyCardNumber: Type.String(),
  photo: Type.Optional(Jpeg),
})

export const FamilyMember = closed({
  name: Type.String(),
  nik: Type.String(),
  birthDate: CalendarDate,
  sex: oneOf(['female', 'male']),
  relationship: oneOf(['head', 'spouse', 'child', 'parent', 'sibling', 'other']),
  photo: Type.Optional(Jpeg),
})

export const DocumentAnswer = Type.Union([
  closed({
    state: Type.Literal('available'),
    kind: oneOf(documentKinds),
    source: Type.String(),
    retrievedAt: Instant,
    items: Type.Array(
      closed({
        title: Type.String(),
        /** Label in Indonesian, value as the source gave it. */
        fields: Type.Array(closed({ label: Type.String(), value: Type.String() })),
      }),
    ),
  }),
  closed({ state: Type.Literal('none'), kind: oneOf(documentKinds), source: Type.String() }),
  closed({ state: Type.Literal('unreachable'), kind: oneOf(documentKinds), source: Type.String(), retryAt: Instant }),
])

export const holder = {
  unlock: defineRoute({
    id: 'holder.unlock',
    method: 'POST',
    path: '/v1/holder/unlock',
    access: ['device'],
    summary: 'PIN, checked on the server after the device’s signature; a holder token for ten minutes at most',
    ratePerMinute: 60,
    body: closed({ pin: SixDigits }),
    answer: AccessToken,
  }),
  changePin: defineRoute({
    id: 'holder.changePin',
    method: 'POST',
    path: '/v1/holder/pin',
    access: ['holder'],
    summary: 'Ubah PIN',
    ratePerMinute: 20,
    body: closed({ currentPin: SixDigits, newPin: SixDigits }),
    answer: closed({ changedAt: Instant }),
  }),
  identity: defineRoute({
    id: 'holder.identity',
    method: 'GET',
    path: '/v1/holder/identity',
    access: ['holder'],
    summary: 'Biodata and KTP-el photograph',
    answer: Identity,
  }),
  family: defineRoute({
    id: 'holder.family',
    method: 'GET',
    path: '/v1/holder/family',
    access: ['holder'],
    summary: 'Data keluarga: the members of the holder’s family card',
    answer: closed({ familyCardNumber: Type.String(), members: Type.Array(FamilyMember) }),
  }),
  documents: defineRoute({
    id: 'holder.documents',
    method: 'GET',
    path: '/v1/holder/documents',
    access: ['holder'],
    summary: 'Which documents can be asked for, and who answers for them',
    answer: closed({ kinds: Type.Array(closed({ kind: oneOf(documentKinds), source: Type.String() })) }),
  }),
  document: defineRoute({
    id: 'holder.document',
    method: 'GET',
    path: '/v1/holder/documents/:kind',
    access: ['holder'],
    summary: 'One document from its source, within five seconds or an honest answer',
    params: closed({ kind: oneOf(documentKinds) }),
    answer: DocumentAnswer,
  }),
  grant: defineRoute({
    id: 'holder.grant',
    method: 'POST',
    path: '/v1/holder/grants',
    access: ['holder'],
    summary: 'Registers this unlock’s presentation key; answers with a random handle',
    body: closed({
      publicKey: PublicJwk,
      /** base64url ECDSA P-256/SHA-256 over the bytes of this request’s access token: proves possession. */
      possession: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
    }),
    status: 201,
    answer: closed({
      /** base64url, 16 bytes. */
      handle: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
      expiresAt: Instant,
      epoch: EpochNonce,
    }),
  }),
  audiences: defineRoute({
    id: 'holder.audiences',
    method: 'GET',
    path: '/v1/holder/audiences',
    access: ['holder'],
    summary: 'Institutions a presentation can be made out to, with the fields and purposes each registered',
    answer: closed({
      institutions: Type.Array(
        closed({
          id: Id,
          number: InstitutionNumber,
          name: Type.String(),
          fields: Type.Array(oneOf(disclosableFields)),
          purposes: Type.Array(Type.String()),
        }),
      ),
    }),
  }),
  activity: defineRoute({
    id: 'holder.activity',
    method: 'GET',
    path: '/v1/holder/activity',
    access: ['holder'],
    summary: 'Histori: every look at the holder’s data and every act of theirs, newest first',
    query: PageBefore,
    answer: closed({
      entries: Type.Array(
        closed({
          id: Id,
          at: Instant,
          /** A stable code the app has a sentence for. */
          kind: oneOf(activityKinds),
          /** Who: an institution, an office, a member of the family, "another resident"; absent for the holder’s own acts. */
          actor: Type.Optional(Type.String()),
          /** Which member of the office’s staff. */
          officer: Type.Optional(Type.String()),
          purpose: Type.Optional(Type.String()),
          fields: Type.Array(oneOf(disclosableFields)),
        }),
      ),
      /** Give this as `before` for the next page; absent at the end. */
      next: Type.Optional(Instant),
    }),
  }),
}

export const Scan = closed({
  id: Id,
  at: Instant,
  /** The answer may be shown until then. */
  visibleUntil: Instant,
  /** `fresh`: made with a server nonce; `offline`: the phone had no network, its own clock vouches. */
  freshness: oneOf(['fresh', 'offline']),
  purpose: Type.String(),
  /** Names of the fields disclosed. */
  fields: Type.Array(oneOf(disclosableFields)),
  /** Values, absent once `visibleUntil` has passed. */
  disclosed: Type.Optional(
    closed({
      photo: Type.Optional(Jpeg),
      values: Type.Array(closed({ field: oneOf(disclosableFields), value: Type.String() })),
    }),
  ),
  /** Bound to a new phone less than 24 hours ago; institutions only. */
  newlyBound: Type.Boolean(),
})

export const scans = {
  scan: defineRoute({
    id: 'scans.scan',
    method: 'POST',
    path: '/v1/scans',
    access: ['holder', 'verifier', 'institution'],
    summary: 'Pindai: consumes a presentation. Exactly one scan wins.',
    ratePerMinute: 60,
    body: closed({
      qr: QrText,
      /** An institution names one of the purposes it registered; a resident writes their own. */
      purpose: Line(120),
    }),
    status: 201,
    answer: Scan,
  }),
  list: defineRoute({
    id: 'scans.list',
    method: 'GET',
    path: '/v1/scans',
    access: ['holder', 'verifier', 'institution'],
    summary: 'The caller’s own receipts: time, purpose, names of fields; never values',
    query: PageBefore,
    answer: closed({
      scans: Type.Array(
        closed({ id: Id, at: Instant, purpose: Type.String(), fields: Type.Array(oneOf(disclosableFields)), by: Type.String() }),
      ),
      next: Type.Optional(Instant),
    }),
  }),
}
