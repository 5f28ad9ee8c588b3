import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from '@ikd/contract'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a security key says of a ceremony, so that tests can say something else. */
export interface AuthenticatorChoices {
  readonly origin?: string
  readonly challenge?: string
  readonly rpId?: string
  /** Flags of the authenticator data: 0x01 present, 0x04 verified, 0x40 attested. */
  readonly flags?: number
  readonly counter?: number
  readonly type?: string
}

/** A passkey in software: makes what a browser and its authenticator would send (Web Authentication Level 3 §6). */
export interface SoftAuthenticator {
  readonly credentialId: string
  create(options: PasskeyCreation, choices?: AuthenticatorChoices): PasskeyAttestation
  get(options: PasskeyRequest, choices?: AuthenticatorChoices): PasskeyAssertion
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

export function makeAuthenticator(origin = 'http://localhost:3000'): SoftAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let counter = 0

  function clientData(type: string, challenge: string, choices: AuthenticatorChoices): Buffer {
    return Buffer.from(JSON.stringify({ type: choices.type ?? type, challenge: choices.challenge ?? challenge, origin: choices.origin ?? origin, crossOrigin: false }))
  }

  function authenticatorData(rpId: string, flags: number, choices: AuthenticatorChoices, attested: Uint8Array = new Uint8Array()): Buffer {
    const head = Buffer.alloc(5)
    head[0] = choices.flags ?? flags
    head.writeUInt32BE(choices.counter ?? ++counter, 1)
    return Buffer.concat([sha256(choices.rpId ?? rpId), head, attested])
  }

  return {
    credentialId: text(id),
    create(options, choices = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)])
      const authData = authenticatorData(options.rp.id, 0x45, choices, attested)
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData('webauthn.create', options.challenge, choices)),
          attestationObject: text(isoCBOR.encode(new Map<string, string | Map<string, string> | Uint8Array>([['fmt', 'none'], ['attStmt', new Map<string, string>()], ['authData', new Uint8Array(authData)]]))),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      }
    },
    get(options, choices = {}) {
      const data = authenticatorData(options.rpId, 0x05, choices)
      const client = clientData('webauthn.get', options.challenge, choices)
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
        },
        clientExtensionResults: {},
      }
    },
  }
}

/** RFC 9053 §7.1.1: EC2, ES256, P-256. */
function coseKey(key: KeyObject): Uint8Array {
  const { x, y } = key.export({ format: 'jwk' }) as { x: string; y: string }
  const bytes = (coordinate: string) => new Uint8Array(Buffer.from(coordinate, 'base64url'))
  return isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, bytes(x)], [-3, bytes(y)]]))
}
