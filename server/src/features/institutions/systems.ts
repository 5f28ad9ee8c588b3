import { DomainError, type PublicJwk } from '@ikd/contract'
import { minute, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Queries } from '../../database/store.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { es256Verifier } from '../../security/ecdsa.ts'
import { type Jws, parseJws } from '../../security/jws.ts'

/** A key an institution's system signs its assertions with; several while one takes another's place. */
export interface SystemKey extends PublicJwk {
  readonly kid: string
}

/** A program of an institution that scans without a person's browser. */
export interface InstitutionSystem {
  readonly id: string
  readonly institutionId: string
  readonly clientId: string
  readonly name: string
}

export interface InstitutionSystemsService {
  /**
   * Takes a client assertion (RFC 7523 §3) and spends it.
   *
   * @throws DomainError `client-assertion-invalid`, whatever is wrong with it: who is unknown learns nothing
   */
  authenticate(unit: Unit, assertion: string, jkt: string): Promise<InstitutionSystem>
  /** Undefined once it is revoked: its tokens are dead at their next request. */
  find(queries: Queries, id: string): Promise<InstitutionSystem | undefined>
}

/** An assertion may live no longer; so long its `jti` is kept. */
const longestAssertionLife = 5 * minute
/** A system's clock is kept by machines. */
const clockTolerance = minute

export function createInstitutionSystemsService(core: Core): InstitutionSystemsService {
  const select = (queries: Queries) =>
    queries
      .selectFrom('institution_system')
      .select(['id', 'institution_id as institutionId', 'client_id as clientId', 'name', 'keys'])
      .where('revoked_at', 'is', null)

  /** The assertion's `jti` and end, when its claims are those of RFC 7523 §3 and made out to us. */
  function readClaims({ payload }: Jws, now: number): { jti: string; expiresAt: number } | undefined {
    const { iss, sub, aud, exp, iat, nbf, jti } = payload
    const audience = Array.isArray(aud) && aud.length === 1 ? (aud[0] as unknown) : aud
    // One audience and it is our issuer: an assertion shown to another server must not serve here, nor ours there.
    if (iss !== sub || audience !== core.config.publicUrl) return undefined
    if (typeof jti !== 'string' || !/^[!-~]{8,128}$/.test(jti) || !isTime(exp)) return undefined
    const expiresAt = exp * second
    if (expiresAt <= now || expiresAt > now + longestAssertionLife + clockTolerance) return undefined
    for (const time of [iat, nbf]) if (time !== undefined && !(isTime(time) && time * second <= now + clockTolerance)) return undefined
    return { jti, expiresAt }
  }

  async function verify({ header, signed, signature }: Jws, keys: readonly SystemKey[]): Promise<boolean> {
    const named = keys.filter(({ kid }) => header['kid'] === undefined || header['kid'] === kid)
    for (const { kty, crv, x, y } of named) if (await es256Verifier({ kty, crv, x, y })(signed, signature)) return true
    return false
  }

  return {
    async authenticate(unit, assertion, jkt) {
      const jws = parseJws(assertion, ['alg', 'typ', 'kid'])
      const claims = jws && readClaims(jws, unit.now)
      const clientId = jws?.payload['sub']
      if (!claims || typeof clientId !== 'string' || !/^[!-~]{1,64}$/.test(clientId)) throw new DomainError('client-assertion-invalid')
      const row = await select(unit.work).where('client_id', '=', clientId).executeTakeFirst()
      if (!row || !(await verify(jws, JSON.parse(row.keys) as SystemKey[]))) throw new DomainError('client-assertion-invalid')
      const spent = await unit.work
        .insertInto('client_assertion')
        .values({ client_id: clientId, jti: claims.jti, expires_at: claims.expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (spent.numInsertedOrUpdatedRows !== 1n) throw new DomainError('client-assertion-invalid')
      const { keys: _, ...system } = row
      await core.audit.append(unit.work, {
        at: unit.now,
        actor: { kind: 'institution', id: system.id },
        action: 'institution.token-issued',
        subject: system.institutionId,
        detail: { jkt },
      })
      return system
    },

    async find(queries, id) {
      const row = await select(queries).where('id', '=', id).executeTakeFirst()
      if (!row) return undefined
      const { keys: _, ...system } = row
      return system
    },
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
