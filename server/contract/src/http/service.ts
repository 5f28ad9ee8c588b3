import { Type } from 'typebox'
import { contactTopics } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { closed, Id, oneOf, PublicJwk } from './shapes.ts'

export const Office = closed({
  id: Id,
  name: Type.String(),
  address: Type.String(),
  hours: Type.String(),
  contacts: Type.Array(closed({ topic: oneOf(contactTopics), whatsapp: Type.String() })),
})

/** The service itself: is it up, where are its offices. */
export const service = {
  health: defineRoute({
    id: 'service.health',
    method: 'GET',
    path: '/health',
    access: ['public'],
    summary: 'Answers 200 once database, face engine and outbox are ready',
    answer: closed({
      status: Type.Literal('up'),
      faceEngine: Type.Literal('ready'),
      database: Type.Literal('ready'),
      /** Against the database’s clock, and the newest entry of the record; `unchecked` where there is no other clock. */
      clock: oneOf(['right', 'off', 'unchecked']),
      /** While it is off: how far this server’s clock is ahead; negative when it is behind. */
      clockAheadSeconds: Type.Optional(Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })),
    }),
  }),
  keys: defineRoute({
    id: 'service.keys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: ['public'],
    summary: 'The keys access tokens are signed with (RFC 7517 §5): the present one, the next, and those whose last token still lives',
    answer: closed({
      keys: Type.Array(
        closed({ ...PublicJwk.properties, kid: Type.String(), use: Type.Literal('sig'), alg: Type.Literal('ES256') }),
      ),
    }),
  }),
  offices: defineRoute({
    id: 'service.offices',
    method: 'GET',
    path: '/v1/offices',
    access: ['public'],
    summary: 'Offices where a phone can be activated, with their contacts by topic',
    answer: closed({ offices: Type.Array(Office) }),
  }),
  captcha: defineRoute({
    id: 'service.captcha',
    method: 'GET',
    path: '/v1/captcha',
    access: ['public'],
    summary: 'A fresh ALTCHA proof-of-work challenge, good for one answer; each further effort takes four times the work',
    query: closed({ effort: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })) }),
    // The challenge's own shape belongs to the widget.
    answer: Type.Record(Type.String(), Type.Unknown()),
  }),
}
