import { Type } from 'typebox'
import { deviceStates, mailStates } from '../glossary.ts'
import { defineRoute } from '../route.ts'
import { AccessToken, Captcha, closed, Count, Email, EpochNonce, Id, Instant, Line, Nik, oneOf, Phone, SixDigits } from './shapes.ts'
import { Office } from './service.ts'

/** Everything *Periksa status* shows. Members beyond `state` appear when they mean something in that state. */
export const DeviceStatus = closed({
  state: oneOf(deviceStates),
  registrationId: Id,
  registeredAt: Instant,
  /** Said once at registration and here, for the office and for suspending. */
  receiptCode: Type.String(),
  emailMasked: Type.String(),
  phoneMasked: Type.String(),
  /** While a case is open: who has opened it, so that the holder can compare with the desk before them. */
  desk: Type.Optional(
    closed({
      caseId: Id,
      office: Office,
      workstation: Type.String(),
      officer: Type.String(),
      codeTriesLeft: Count,
    }),
  ),
  /** After approval. */
  activation: Type.Optional(
    closed({
      mail: oneOf(mailStates),
      /** Ten minutes from the first SMTP 250; absent before it. */
      codeExpiresAt: Type.Optional(Instant),
      /** The approval itself. */
      approvalExpiresAt: Instant,
      codeTriesLeft: Count,
      resendsLeft: Count,
    }),
  ),
  /** In state `suspended`, and while an office decides about lifting it. */
  suspension: Type.Optional(
    closed({
      at: Instant,
      /** `phone`: PIN and a code from the e-mail lift it here. `office`: two officers do, with this phone at their desk. */
      liftedAt: oneOf(['phone', 'office']),
      /** A code is on its way, or there. */
      code: Type.Optional(closed({ mail: oneOf(mailStates), expiresAt: Instant, triesLeft: Count })),
      /** Codes that may still be asked for today. */
      codesLeft: Count,
    }),
  ),
  /** Ten wrong PINs in a row: the PIN opens nothing any more, and no office brings it back. The phone registers again and is activated anew. */
  pinLocked: Type.Optional(Type.Literal(true)),
  /** In state `refused` or `cancelled`: the desk's reason, a glossary code. */
  reason: Type.Optional(Type.String()),
})

export const DeviceSession = closed({ token: AccessToken, status: DeviceStatus })

export const device = {
  register: defineRoute({
    id: 'device.register',
    method: 'POST',
    path: '/v1/registrations',
    access: ['key'],
    summary: 'Registers this phone’s key for a NIK. The answer is the same whether or not the NIK exists.',
    // A whole queue may sit behind one office's address.
    ratePerMinute: 40,
    body: closed({
      nik: Nik,
      email: Email,
      phone: Phone,
      /** The version of the consent text the resident agreed to. */
      consentVersion: Line(32),
      captcha: Captcha,
    }),
    status: 201,
    answer: DeviceSession,
  }),
  session: defineRoute({
    id: 'device.session',
    method: 'POST',
    path: '/v1/device/session',
    access: ['key'],
    summary: 'A device token for a registered key; the phone’s status with it',
    repeatable: 'makes a token and stores nothing',
    answer: DeviceSession,
  }),
  status: defineRoute({
    id: 'device.status',
    method: 'GET',
    path: '/v1/device',
    access: ['device'],
    summary: 'Periksa status',
    answer: DeviceStatus,
  }),
  nonce: defineRoute({
    id: 'device.nonce',
    method: 'GET',
    path: '/v1/device/nonce',
    access: ['device'],
    summary: 'The newest epoch nonce, for the registration QR and for presentations',
    answer: EpochNonce,
  }),
  events: defineRoute({
    id: 'device.events',
    method: 'GET',
    path: '/v1/device/events',
    access: ['device'],
    kind: 'stream',
    summary: 'Hints that the status has changed; fetch it again',
    answer: closed({ type: oneOf(['status', 'scanned']) }),
  }),
  confirmCase: defineRoute({
    id: 'device.confirmCase',
    method: 'POST',
    path: '/v1/device/case-confirmation',
    access: ['device'],
    summary: 'The code shown at the desk: the person at the desk holds this phone',
    ratePerMinute: 20,
    body: closed({ code: SixDigits }),
    answer: DeviceStatus,
  }),
  enterCode: defineRoute({
    id: 'device.enterCode',
    method: 'POST',
    path: '/v1/device/activation/code',
    access: ['device'],
    summary: 'Consumes the activation code of the e-mail, after the link page has confirmed it',
    ratePerMinute: 20,
    body: closed({ code: SixDigits }),
    answer: DeviceStatus,
  }),
  newCode: defineRoute({
    id: 'device.newCode',
    method: 'POST',
    path: '/v1/device/activation/new-code',
    access: ['device'],
    summary: 'Asks for a new code and link, three times at most',
    answer: DeviceStatus,
  }),
  setPin: defineRoute({
    id: 'device.setPin',
    method: 'POST',
    path: '/v1/device/activation/pin',
    access: ['device'],
    summary: 'The resident’s own PIN; the binding is active from here',
    ratePerMinute: 20,
    body: closed({ pin: SixDigits }),
    answer: DeviceStatus,
  }),
}

/** The link in the e-mail, in any browser. */
export const activation = {
  open: defineRoute({
    id: 'activation.open',
    method: 'POST',
    path: '/v1/activations/opening',
    access: ['public'],
    summary: 'Tells that the link page ran; changes nothing else',
    ratePerMinute: 30,
    body: closed({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    answer: closed({ state: oneOf(['waiting', 'confirmed', 'done']) }),
    repeatable: 'repeating it changes nothing',
  }),
  confirm: defineRoute({
    id: 'activation.confirm',
    method: 'POST',
    path: '/v1/activations/confirmation',
    access: ['public'],
    summary: 'Code and captcha on the link page; consumes nothing',
    ratePerMinute: 20,
    body: closed({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }), code: SixDigits, captcha: Captcha }),
    answer: closed({ state: oneOf(['confirmed', 'done']) }),
  }),
}
