import { Type } from 'typebox'
import { defineRoute } from '../route.ts'
import { Captcha, closed, Empty, Instant, Nik, oneOf, SixDigits } from './shapes.ts'
import { DeviceStatus } from './device.ts'

/** A link's secret as it stands in the fragment of its address: base64url, 16 bytes. */
export const LinkToken = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })

/** Sixteen characters of Crockford's base 32, in groups of four: 80 bits, so that nobody finds one by trying. */
export const ReceiptCode = Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$' })

export const Suspension = closed({
  at: Instant,
  /** `phone`: the same phone lifts it with its PIN and a code from its e-mail. `office`: two officers lift it, with the phone at their desk. */
  liftedAt: oneOf(['phone', 'office']),
})

/** *Tangguhkan*: a resident stops their own phone, from any browser. */
export const suspensions = {
  ask: defineRoute({
    id: 'suspensions.ask',
    method: 'POST',
    path: '/v1/suspension-links',
    access: ['public'],
    summary: 'Sends a suspension link to the e-mail on file, if there is one. The answer is the same whether or not the NIK is known.',
    ratePerMinute: 10,
    body: closed({ nik: Nik, captcha: Captcha }),
    answer: Empty,
  }),
  open: defineRoute({
    id: 'suspensions.open',
    method: 'POST',
    path: '/v1/suspension-links/opening',
    access: ['public'],
    summary: 'What a link would do; changes nothing. A POST so that the token stands in no address.',
    ratePerMinute: 30,
    body: closed({ token: LinkToken }),
    answer: closed({
      /** `asked`: the resident asked for it. `not-me`: it came with the news of a new phone or a new address. */
      purpose: oneOf(['asked', 'not-me']),
      expiresAt: Instant,
      /** Present once the link has been used. */
      suspension: Type.Optional(Suspension),
    }),
    repeatable: 'reads only',
  }),
  suspend: defineRoute({
    id: 'suspensions.suspend',
    method: 'POST',
    path: '/v1/suspensions',
    access: ['public'],
    summary: 'Suspends a phone by its receipt code or by a link: it is dead at its next request',
    ratePerMinute: 10,
    body: Type.Union([closed({ token: LinkToken, captcha: Captcha }), closed({ receiptCode: ReceiptCode, captcha: Captcha })]),
    answer: Suspension,
  }),
}

/** Lifting one's own suspension, on the same phone. A suspension of `liftedAt: 'office'` is refused with `resume-at-office`. */
export const resumption = {
  start: defineRoute({
    id: 'resumption.start',
    method: 'POST',
    path: '/v1/device/resumption',
    access: ['device'],
    summary: 'PIN, counted as ever; then a code goes to the e-mail on file, five times a day at most',
    ratePerMinute: 20,
    body: closed({ pin: SixDigits }),
    answer: DeviceStatus,
  }),
  finish: defineRoute({
    id: 'resumption.finish',
    method: 'POST',
    path: '/v1/device/resumption/code',
    access: ['device'],
    summary: 'The code of the newest e-mail, five tries; the phone is active again',
    ratePerMinute: 20,
    body: closed({ code: SixDigits }),
    answer: DeviceStatus,
  }),
}
