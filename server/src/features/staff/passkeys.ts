import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from '@ikd/contract'
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Config } from '../../config.ts'

/** A passkey as the database keeps it. */
export interface StoredPasskey {
  /** base64url. */
  readonly credentialId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly transports: readonly string[]
  /** Signature counter; stays 0 with passkeys that are synchronised. */
  readonly counter: number
}

/** Web Authentication (Level 3) by SimpleWebAuthn; the relying party is the host the service is addressed by. */
export interface Passkeys {
  /** @param challenge base64url */
  request(challenge: string, known: readonly StoredPasskey[]): Promise<PasskeyRequest>
  create(challenge: string, member: { id: string; username: string; name: string }, known: readonly StoredPasskey[]): Promise<PasskeyCreation>
  /** The new signature counter of a good assertion; undefined for any other. */
  verifyAssertion(assertion: PasskeyAssertion, challenge: string, passkey: StoredPasskey): Promise<number | undefined>
  /** The passkey of a good attestation; undefined for any other. */
  verifyAttestation(attestation: PasskeyAttestation, challenge: string): Promise<StoredPasskey | undefined>
}

const timeout = 120_000
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

export function createPasskeys({ publicUrl, counterOrigins }: Pick<Config, 'publicUrl' | 'counterOrigins'>): Passkeys {
  const rpID = new URL(publicUrl).hostname
  // Electron's own scheme has no passkeys: WebAuthn wants https, or localhost.
  const expectedOrigin = [new URL(publicUrl).origin, ...counterOrigins.filter((origin) => /^https?:/.test(origin))]
  const descriptors = (known: readonly StoredPasskey[]) => known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] }))
  return {
    async request(challenge, known) {
      const made = await generateAuthenticationOptions({ rpID, challenge: bytes(challenge), allowCredentials: descriptors(known), userVerification: 'required', timeout })
      return {
        challenge: made.challenge,
        timeout,
        rpId: rpID,
        allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, type: 'public-key', transports: [...transports] })),
        userVerification: 'required',
      }
    },

    async create(challenge, member, known) {
      const made = await generateRegistrationOptions({
        rpName: 'IKD',
        rpID,
        challenge: bytes(challenge),
        userID: new Uint8Array(Buffer.from(member.id)),
        userName: member.username,
        userDisplayName: member.name,
        excludeCredentials: descriptors(known),
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
        timeout,
      })
      return {
        rp: { id: rpID, name: 'IKD' },
        user: made.user,
        challenge: made.challenge,
        pubKeyCredParams: made.pubKeyCredParams.map(({ alg }) => ({ alg, type: 'public-key' })),
        timeout,
        excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, type: 'public-key', transports: [...transports] })),
        authenticatorSelection: { residentKey: 'discouraged', requireResidentKey: false, userVerification: 'required' },
        attestation: 'none',
      }
    },

    async verifyAssertion(assertion, challenge, passkey) {
      // Whatever is wrong with it (§7.2), the library throws: another origin, challenge or key, no user verification, a counter that stands still.
      const verified = await verifyAuthenticationResponse({
        response: assertion,
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: { id: passkey.credentialId, publicKey: bytes(passkey.publicKey), counter: passkey.counter },
      }).catch(() => undefined)
      return verified?.verified ? verified.authenticationInfo.newCounter : undefined
    },

    async verifyAttestation(attestation, challenge) {
      const verified = await verifyRegistrationResponse({
        response: attestation,
        expectedChallenge: challenge,
        expectedOrigin,
        expectedRPID: rpID,
        requireUserVerification: true,
      }).catch(() => undefined)
      if (!verified?.verified) return undefined
      const { id, publicKey, counter } = verified.registrationInfo.credential
      return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports: attestation.response.transports ?? [] }
    },
  }
}
