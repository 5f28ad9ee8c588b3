import { type Static, type TSchema, Type } from 'typebox'

/**
 * Everything renderer and main may say to each other. One entry here, one handler in `main/handlers.ts`; the preload exposes
 * one function per entry and nothing else, so the page can never choose a channel's name.
 */
interface Channel {
  readonly request: TSchema
  readonly answer: TSchema
}

function closed<const P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false })
}

const Nothing = closed({})
const Coordinate = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

export const channels = {
  /** Where the server is, the one-time enrolment code given on the command line, and after how many idle minutes the desk locks. */
  startup: {
    request: Nothing,
    answer: closed({
      serverUrl: Type.String({ minLength: 1, maxLength: 2048 }),
      enrolmentCode: Type.Optional(Type.String({ maxLength: 64 })),
      idleMinutes: Type.Optional(Type.Number({ minimum: 1, maximum: 15 })),
    }),
  },
  /** The workstation's public key, made on first use. `none` says why the operating system keeps no key for us. */
  workstationKey: {
    request: Nothing,
    answer: Type.Union([
      closed({
        store: Type.Literal('os'),
        publicJwk: closed({ kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: Coordinate, y: Coordinate }),
      }),
      closed({ store: Type.Literal('none'), reason: Type.Enum(['no-encryption', 'constant-password', 'unreadable']) }),
    ]),
  },
  /** Signs a DPoP proof (RFC 9449 §4.2) for our server, and nothing else; ES256 over `header.payload`. */
  signProof: {
    request: closed({ signingInput: Type.String({ minLength: 16, maxLength: 8192, pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' }) }),
    /** base64url of r‖s, 64 bytes. */
    answer: closed({ signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }) }),
  },
  /** The system's print dialog for the page as it stands. */
  printPage: { request: Nothing, answer: closed({ printed: Type.Boolean() }) },
  health: {
    request: Nothing,
    answer: closed({
      contentProtection: Type.Boolean(),
      displays: Type.Integer({ minimum: 0 }),
      platform: Type.String(),
      version: Type.String(),
    }),
  },
  /** Opens the customer display in a window of its own, on the second screen where there is one. */
  openCustomerDisplay: { request: Nothing, answer: closed({ display: Type.Enum(['second', 'same']) }) },
} as const satisfies Record<string, Channel>

export type ChannelName = keyof typeof channels
export const channelNames = Object.keys(channels) as ChannelName[]
export type RequestOf<N extends ChannelName> = Static<(typeof channels)[N]['request']>
export type AnswerOfChannel<N extends ChannelName> = Static<(typeof channels)[N]['answer']>

/** What a message is called on Electron's wire. */
export function wireName(name: ChannelName): string {
  return `ikd:${name}`
}

/**
 * - `sender-refused`     not the main frame of our own window
 * - `request-malformed`  not what the contract says
 * - `key-missing`        there is no key to sign with
 * - `proof-refused`      what was to be signed is no proof for our server
 * - `failed`             a surprise; its detail stays in main
 */
export const ipcProblems = ['sender-refused', 'request-malformed', 'key-missing', 'proof-refused', 'failed'] as const
export type IpcProblem = (typeof ipcProblems)[number]

export type IpcAnswer<N extends ChannelName> =
  | { readonly ok: true; readonly value: AnswerOfChannel<N> }
  | { readonly ok: false; readonly problem: IpcProblem }

/** What the preload puts on `window`, under `bridgeName`. */
export type Bridge = { readonly [N in ChannelName]: (request: RequestOf<N>) => Promise<IpcAnswer<N>> }
export const bridgeName = 'ikdDesk'

/** Scheme and host the renderer is served under in Electron. */
export const counterOrigin = 'ikd://counter'
