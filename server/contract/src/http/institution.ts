import { Type } from 'typebox'
import { defineRoute } from '../route.ts'
import { closed, Count } from './shapes.ts'

/** Members are spelled as OAuth 2.0 spells them: an institution's system brings a client library of its own. */
export const institution = {
  metadata: defineRoute({
    id: 'institution.metadata',
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    access: ['public'],
    summary: 'How an institution’s system gets its tokens (RFC 8414)',
    answer: closed({
      issuer: Type.String(),
      token_endpoint: Type.String(),
      jwks_uri: Type.String(),
      response_types_supported: Type.Array(Type.String()),
      grant_types_supported: Type.Array(Type.String()),
      token_endpoint_auth_methods_supported: Type.Array(Type.String()),
      token_endpoint_auth_signing_alg_values_supported: Type.Array(Type.String()),
      dpop_signing_alg_values_supported: Type.Array(Type.String()),
    }),
  }),
  token: defineRoute({
    id: 'institution.token',
    method: 'POST',
    path: '/v1/institutions/token',
    access: ['key'],
    summary: 'Client credentials by `private_key_jwt` (RFC 7523 §2.2): a token for an institution’s system, bound to the key of the proof',
    ratePerMinute: 60,
    form: true,
    body: closed({
      grant_type: Type.Literal('client_credentials'),
      client_assertion_type: Type.Literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
      /** ES256 under a registered key; `iss` and `sub` the client, `aud` our issuer, five minutes at most, its `jti` serves once. */
      client_assertion: Type.String({ minLength: 1, maxLength: 4096 }),
      /** RFC 6749 §3.2.1; says nothing that the assertion does not. */
      client_id: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    repeatable: 'makes a token; its assertion serves once',
    answer: closed({
      access_token: Type.String(),
      token_type: Type.Literal('DPoP'),
      /** Seconds. */
      expires_in: Count,
    }),
  }),
}
