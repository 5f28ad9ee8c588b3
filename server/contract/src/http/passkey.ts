import { Type } from 'typebox'
import { closed, CoseAlgorithm, Count, oneOf } from './shapes.ts'

// The JSON forms of Web Authentication Level 3 (§5.1.8–§5.1.10), as far as we make and take them.

const bytes = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength })
const CredentialId = bytes(1400)
const Extensions = Type.Object({})
const attachment = Type.Optional(oneOf(['platform', 'cross-platform']))
const Descriptor = closed({ id: CredentialId, type: Type.Literal('public-key'), transports: Type.Optional(Type.Array(Type.String())) })

/** What `navigator.credentials.get` is asked for. */
export const PasskeyRequest = closed({
  challenge: Type.String(),
  timeout: Type.Optional(Count),
  rpId: Type.String(),
  allowCredentials: Type.Array(Descriptor),
  userVerification: Type.Literal('required'),
})

/** What `navigator.credentials.create` is asked for. */
export const PasskeyCreation = closed({
  rp: closed({ id: Type.String(), name: Type.String() }),
  user: closed({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  challenge: Type.String(),
  pubKeyCredParams: Type.Array(closed({ alg: CoseAlgorithm, type: Type.Literal('public-key') })),
  timeout: Type.Optional(Count),
  excludeCredentials: Type.Array(Descriptor),
  authenticatorSelection: closed({ residentKey: oneOf(['discouraged', 'preferred', 'required']), requireResidentKey: Type.Boolean(), userVerification: Type.Literal('required') }),
  attestation: Type.Literal('none'),
})

/** `AuthenticationResponseJSON`. */
export const PasskeyAssertion = closed({
  id: CredentialId,
  rawId: CredentialId,
  type: Type.Literal('public-key'),
  response: closed({
    clientDataJSON: bytes(4096),
    authenticatorData: bytes(4096),
    signature: bytes(4096),
    userHandle: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 128 })),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: Extensions,
})

/** `RegistrationResponseJSON`. */
export const PasskeyAttestation = closed({
  id: CredentialId,
  rawId: CredentialId,
  type: Type.Literal('public-key'),
  response: closed({
    clientDataJSON: bytes(4096),
    attestationObject: bytes(16_384),
    authenticatorData: Type.Optional(bytes(4096)),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })),
    publicKeyAlgorithm: Type.Optional(CoseAlgorithm),
    publicKey: Type.Optional(bytes(4096)),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: Extensions,
})
