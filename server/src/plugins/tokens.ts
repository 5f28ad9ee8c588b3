import { type AccessToken, DomainError } from '@ikd/contract'
import fastifyJwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { minute, second } from '../clock.ts'
import type { Core } from '../core.ts'
import { parseJws } from '../security/jws.ts'
import { livingKeys, longestTokenLife, signingKey } from '../security/token-keys.ts'

/** Claims of an access token (RFC 9068 §2.2); `sub` is a registration, a binding, a staff session or an institution's system. */
export interface TokenClaims {
  readonly iss: string
  readonly aud: string
  readonly sub: string
  /** Which of our programs has it. */
  readonly client_id: string
  readonly kind: 'device' | 'holder' | 'staff' | 'institution'
  readonly jti: string
  readonly iat: number
  readonly exp: number
  readonly cnf: { readonly jkt: string }
}

export interface Tokens {
  /** Lives ten minutes. */
  issue(kind: TokenClaims['kind'], subject: string, jkt: string): AccessToken
  /** The token of an `Authorization: DPoP …` header. */
  extract(request: FastifyRequest): string | undefined
  verify(token: string): Promise<TokenClaims>
}

const clients = { device: 'resident-app', holder: 'resident-app', staff: 'staff-app', institution: 'institution-system' } as const
const kinds: readonly string[] = Object.keys(clients)
const type = 'at+jwt'
// Without this list the library takes a claim that is absent for one that is right.
const requiredClaims = ['iss', 'aud', 'sub', 'kind', 'iat', 'exp', 'cnf']
/** Several servers' clocks: a token may come from one that is ahead. */
const clockTolerance = minute

/** Short-lived ES256 tokens by @fastify/jwt, bound to the caller's key (RFC 9449 §6.1). */
export async function createTokens(app: FastifyInstance, core: Core): Promise<Tokens> {
  const { publicUrl } = core.config
  const { privateKey, publicKey } = signingKey(core.secrets.tokenKeys(), core.clock.now())
  // These keys are for the plugin's start only: every call below brings the key that holds at its time.
  await app.register(fastifyJwt, {
    secret: { private: privateKey, public: publicKey },
    sign: { algorithm: 'ES256', iss: publicUrl, aud: publicUrl },
    // Times are checked below, against our own clock.
    verify: { algorithms: ['ES256'], checkTyp: type, allowedIss: publicUrl, allowedAud: publicUrl, requiredClaims, ignoreExpiration: true },
  })

  function verifySignature(token: string): TokenClaims {
    // The library takes the last letter's stray bits and headers it does not know; we do not.
    const jws = parseJws(token, ['typ', 'alg', 'kid'])
    const key = livingKeys(core.secrets.tokenKeys(), core.clock.now()).find(({ kid }) => kid === jws?.header['kid'])
    if (!jws || !key) throw new DomainError('token-invalid')
    try {
      return app.jwt.verify<TokenClaims>(token, { key: key.publicKey })
    } catch {
      throw new DomainError('token-invalid')
    }
  }

  return {
    issue(kind, subject, jkt) {
      const now = core.clock.now()
      const expiresAt = now + longestTokenLife
      const key = signingKey(core.secrets.tokenKeys(), now)
      const claims: Omit<TokenClaims, 'iss' | 'aud'> = {
        sub: subject,
        client_id: clients[kind],
        kind,
        jti: core.random(12).toString('base64url'),
        iat: Math.floor(now / second),
        exp: Math.floor(expiresAt / second),
        cnf: { jkt },
      }
      return { accessToken: app.jwt.sign({ ...claims }, { key: key.privateKey, kid: key.kid, header: { alg: 'ES256', typ: type } }), expiresAt }
    },
    extract(request) {
      const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ')
      return scheme?.toLowerCase() === 'dpop' && token && rest.length === 0 ? token : undefined
    },
    async verify(token) {
      const claims = verifySignature(token)
      const now = core.clock.now()
      const { iat, exp, kind, aud, sub, cnf } = claims
      if (typeof sub !== 'string' || typeof cnf?.jkt !== 'string') throw new DomainError('token-invalid')
      if (!Number.isInteger(iat) || !Number.isInteger(exp) || !kinds.includes(kind) || aud !== publicUrl) throw new DomainError('token-invalid')
      if (iat * second > now + clockTolerance || (exp - iat) * second > longestTokenLife) throw new DomainError('token-invalid')
      if (exp * second <= now) throw new DomainError('token-expired')
      return claims
    },
  }
}
