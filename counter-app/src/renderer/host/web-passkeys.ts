import { browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import type { PasskeyAssertion, PasskeyAttestation } from '@ikd/contract'
import { PasskeyError, type PasskeyProblem, type Passkeys } from './passkeys.ts'

/** The browser's own; undefined where it has none, e.g. outside a secure context. */
export function webPasskeys(): Passkeys | undefined {
  if (!browserSupportsWebAuthn()) return undefined
  return {
    async create(options) {
      const { id, rawId, type, response, authenticatorAttachment } = await asked(() => startRegistration({ optionsJSON: structuredClone(options) as never }))
      const { clientDataJSON, attestationObject, authenticatorData, transports, publicKeyAlgorithm, publicKey } = response
      return {
        id, rawId, type,
        response: {
          clientDataJSON, attestationObject,
          ...(authenticatorData === undefined ? {} : { authenticatorData }),
          ...(transports === undefined ? {} : { transports }),
          ...(publicKeyAlgorithm === undefined ? {} : { publicKeyAlgorithm }),
          ...(publicKey === undefined ? {} : { publicKey }),
        },
        ...(authenticatorAttachment === undefined ? {} : { authenticatorAttachment }),
        clientExtensionResults: {},
      } satisfies PasskeyAttestation
    },
    async prove(request) {
      const { id, rawId, type, response, authenticatorAttachment } = await asked(() => startAuthentication({ optionsJSON: structuredClone(request) as never }))
      const { clientDataJSON, authenticatorData, signature, userHandle } = response
      return {
        id, rawId, type,
        response: { clientDataJSON, authenticatorData, signature, ...(userHandle === undefined ? {} : { userHandle }) },
        ...(authenticatorAttachment === undefined ? {} : { authenticatorAttachment }),
        clientExtensionResults: {},
      } satisfies PasskeyAssertion
    },
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw new PasskeyError(passkeyProblemOf(error), { cause: error })
  }
}

/** The library has told apart what DOMException names mean at each step of §5.1.3 and §5.1.4; we keep what a person can act on. */
export function passkeyProblemOf(error: unknown): PasskeyProblem {
  if (error instanceof WebAuthnError) {
    switch (error.code) {
      case 'ERROR_CEREMONY_ABORTED':
        return 'cancelled'
      case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
        return 'already-there'
      case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
        return 'no-verification'
      case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
      case 'ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG':
        return 'unsuitable'
      default:
        return nameOf(error.cause) === 'NotAllowedError' ? 'cancelled' : 'failed'
    }
  }
  const name = nameOf(error)
  return name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'failed'
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
