import { DomainError, routes } from '@ikd/contract'
import { as } from '../../caller.ts'
import { second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Registrar } from '../../plugins/registrar.ts'
import type { Tokens } from '../../plugins/tokens.ts'
import { longestTokenLife } from '../../security/token-keys.ts'
import type { InstitutionsService } from './service.ts'
import type { InstitutionSystemsService } from './systems.ts'

export function institutionsRoutes(
  registrar: Registrar,
  core: Core,
  tokens: Tokens,
  institutions: InstitutionsService,
  systems: InstitutionSystemsService,
): void {
  registrar.read(routes.holder.audiences, async () => ({
    institutions: (await institutions.list(core.store)).map((institution) => ({
      ...institution,
      fields: [...institution.fields],
      purposes: [...institution.purposes],
    })),
  }))

  const { publicUrl } = core.config
  registrar.read(routes.institution.metadata, async () => ({
    issuer: publicUrl,
    token_endpoint: publicUrl + routes.institution.token.path,
    jwks_uri: publicUrl + routes.service.keys.path,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256'],
    dpop_signing_alg_values_supported: ['ES256'],
  }))

  registrar.repeatable(routes.institution.token, async ({ caller, body }, unit) => {
    const { jkt } = as(caller, 'key')
    const system = await unit((open) => systems.authenticate(open, body.client_assertion, jkt))
    if (body.client_id !== undefined && body.client_id !== system.clientId) throw new DomainError('client-assertion-invalid')
    return { access_token: tokens.issue('institution', system.id, jkt).accessToken, token_type: 'DPoP', expires_in: longestTokenLife / second } as const
  })
}
