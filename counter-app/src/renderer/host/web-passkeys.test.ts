import { WebAuthnError } from '@simplewebauthn/browser'
import { expect, it } from 'vitest'
import { passkeyProblemOf } from './web-passkeys.ts'

const said = (code: ConstructorParameters<typeof WebAuthnError>[0]['code'], name: string) =>
  passkeyProblemOf(new WebAuthnError({ code, message: 'in the library’s words', cause: Object.assign(new Error(), { name }) }))

it('tells apart what a person can do something about', () => {
  expect(said('ERROR_CEREMONY_ABORTED', 'AbortError')).toBe('cancelled')
  expect(said('ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED', 'InvalidStateError')).toBe('already-there')
  expect(said('ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT', 'ConstraintError')).toBe('no-verification')
  expect(said('ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG', 'NotSupportedError')).toBe('unsuitable')
  expect(said('ERROR_INVALID_RP_ID', 'SecurityError')).toBe('failed')
})

it('a prompt waved away or left alone is no fault, whichever way the browser says it', () => {
  expect(said('ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY', 'NotAllowedError')).toBe('cancelled')
  expect(passkeyProblemOf(Object.assign(new Error(), { name: 'NotAllowedError' }))).toBe('cancelled')
  expect(passkeyProblemOf('nothing at all')).toBe('failed')
})
