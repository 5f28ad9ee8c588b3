import type { Problem, ProblemCode } from '@ikd/contract'

/** RFC 6750 §3.1, RFC 9449 §7.1 and §8, RFC 6749 §5.2: what standard clients know our refusals by. */
const names: Partial<Record<ProblemCode, string>> = {
  'proof-missing': 'invalid_dpop_proof',
  'proof-invalid': 'invalid_dpop_proof',
  'proof-replayed': 'invalid_dpop_proof',
  'proof-nonce-required': 'use_dpop_nonce',
  'token-invalid': 'invalid_token',
  'token-expired': 'invalid_token',
  'client-assertion-invalid': 'invalid_client',
  'request-invalid': 'invalid_request',
}

/** `WWW-Authenticate` of a 401 (RFC 9110 §11.6.1). */
export function challenge({ code }: Problem): string {
  const name = names[code]
  return `DPoP ${name === undefined ? '' : `error="${name}", `}algs="ES256"`
}

/** The refusal as OAuth spells it, ours beside it. */
export function oauthRefusal(problem: Problem): Problem & { readonly error: string } {
  return { ...problem, error: names[problem.code] ?? 'invalid_request' }
}
