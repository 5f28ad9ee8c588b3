import { Type } from 'typebox'
import { contactKinds, mailStates } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { Captcha, closed, Count, Email, Id, Instant, oneOf, Phone, SixDigits } from './shapes.ts'
import { LinkToken } from './suspensions.ts'

/** A change that does not count yet. */
export const ContactChange = closed({
  id: Id,
  kind: oneOf(contactKinds),
  newMasked: Type.String(),
  expiresAt: Instant,
  /** Wrong codes still allowed, both addresses together. */
  triesLeft: Count,
  /** The code sent to the e-mail on file. */
  old: closed({ emailMasked: Type.String(), mail: oneOf(mailStates), confirmed: Type.Boolean() }),
  /** The code sent to the new e-mail; absent when a phone number changes. */
  new: Type.Optional(closed({ emailMasked: Type.String(), mail: oneOf(mailStates), confirmed: Type.Boolean() })),
})

export const Contact = closed({
  emailMasked: Type.String(),
  phoneMasked: Type.String(),
  pending: Type.Optional(ContactChange),
})

/** E-mail and phone number on file, changed by their holder on the phone or confirmed from the desk’s mail. */
export const contacts = {
  get: defineRoute({
    id: 'contacts.get',
    method: 'GET',
    path: '/v1/holder/contact',
    access: ['holder'],
    summary: 'E-mail and phone number on file, masked, and the change under way',
    answer: Contact,
  }),
  start: defineRoute({
    id: 'contacts.start',
    method: 'POST',
    path: '/v1/holder/contact/changes',
    access: ['holder'],
    summary: 'PIN, counted as ever; then codes go to the old and the new e-mail. One change at a time, three begun in a day.',
    ratePerMinute: 20,
    body: Type.Union([closed({ pin: SixDigits, email: Email }), closed({ pin: SixDigits, phone: Phone })]),
    answer: Contact,
  }),
  confirm: defineRoute({
    id: 'contacts.confirm',
    method: 'POST',
    path: '/v1/holder/contact/changes/code',
    access: ['holder'],
    summary: 'One of the codes; the change counts once every address has confirmed, and both are told',
    ratePerMinute: 20,
    body: closed({ address: oneOf(['old', 'new']), code: SixDigits }),
    answer: Contact,
  }),
  cancel: defineRoute({
    id: 'contacts.cancel',
    method: 'POST',
    path: '/v1/holder/contact/changes/cancellation',
    access: ['holder'],
    summary: 'Ends the change under way; its codes are dead',
    answer: Contact,
  }),
  /** The desk’s mail to a new address holds a link (`/kontak#<token>`), good for a day. */
  openLink: defineRoute({
    id: 'contacts.openLink',
    method: 'POST',
    path: '/v1/contact-links/opening',
    access: ['public'],
    summary: 'Whether a link of the desk’s mail still counts; changes nothing',
    ratePerMinute: 30,
    body: closed({ token: LinkToken }),
    answer: closed({ state: oneOf(['waiting', 'confirmed']), office: Type.String(), expiresAt: Instant }),
    repeatable: 'reads only',
  }),
  confirmLink: defineRoute({
    id: 'contacts.confirmLink',
    method: 'POST',
    path: '/v1/contact-links/confirmation',
    access: ['public'],
    summary: 'The new address answers: from here it is the e-mail on file',
    ratePerMinute: 20,
    body: closed({ token: LinkToken, captcha: Captcha }),
    answer: closed({ state: Type.Literal('confirmed') }),
  }),
}
