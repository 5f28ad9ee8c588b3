import { type AccessToken, DomainError } from '@ikd/contract'
import fastifyJwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { minute } from '../clock.ts'
import type { Core } from '../core.ts'

/** Claims of an access token; `sub` is a registration, a binding or a staff session. */
export interface TokenClaims {
  readonly iss: string
  readonly sub: string
  readonly kind: 'device' | 'holder' | 'staff'
  readonly iat: number
  readonly exp: number
  readonly cnf: { readonly jkt: string }
}

export interface Tokens {
  issue(kind: TokenClaims['kind'], subject: string, jkt: string): AccessToken
  /** The token of an `Authorization: DPoP …` header. */
  extract(request: FastifyRequest): string | undefined
  verify(token: string): Promise<TokenClaims>
}

const lifetime = { device: 15 * minute, holder: 10 * minute, staff: 15 * minute } as const

/** Short-lived ES256 tokens by @fastify/jwt, bound to the caller's key (RFC 9449 §6.1). */
export async function createTokens(app: FastifyInstance, core: Core): Promise<Tokens> {
  await app.register(fastifyJwt, {
    secret: { private: core.secrets.tokenPrivateKey, public: core.secrets.tokenPublicKey },
    sign: { algorithm: 'ES256', noTimestamp: true },
    // Expiry is checked below, against our own clock.
    verify: { algorithms: ['ES256'], allowedIss: core.config.publicUrl, ignoreExpiration: true },
  })
  return {
    issue(kind, subject, jkt) {
      const now = core.clock.now()
      const expiresAt = now + lifetime[kind]
      const claims: TokenClaims = {
        iss: core.config.publicUrl,
        sub: subject,
        kind,
        iat: Math.floor(now / 1000),
        exp: Math.floor(expiresAt / 1000),
        cnf: { jkt },
      }
      return { accessToken: app.jwt.sign({ ...claims }), expiresAt }
    },
    extract(request) {
      const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ')
      return scheme?.toLowerCase() === 'dpop' && token && rest.length === 0 ? token : undefined
    },
    async verify(token) {
      let claims: TokenClaims
      try {
        claims = app.jwt.verify<TokenClaims>(token)
      } catch {
        throw new DomainError('token-invalid')
      }
      if (claims.exp * 1000 <= core.clock.now()) throw new DomainError('token-expired')
      return claims
    },
  }
}
