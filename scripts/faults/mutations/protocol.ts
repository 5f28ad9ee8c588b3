import type { Mutation } from './list.ts'

const tokens = 'server/src/plugins/tokens.ts'
const jws = 'server/src/security/jws.ts'
const dpop = 'server/src/security/dpop.ts'
const systems = 'server/src/features/institutions/systems.ts'
const protocolTests = 'server/src/protocol.test.ts'
const systemTests = 'server/src/features/institutions/systems.test.ts'
const transactTests = 'server/src/database/transact.test.ts'
const abuseTests = 'server/src/http-abuse.test.ts'

/** What protects the wire: tokens, proofs, client assertions, bodies. */
export const protocolMutations: readonly Mutation[] = [
  {
    promise: 8, without: 'a token without an issuer opens',
    file: tokens, line: 'requiredClaims, ignoreExpiration', becomes: 'ignoreExpiration',
    test: protocolTests, named: 'forged in any of these ways opens nothing',
  },
  {
    promise: 8, without: 'headers we do not know are ignored',
    file: jws, line: " || !Object.keys(head).every((name) => members.includes(name))", becomes: '',
    test: protocolTests, named: 'forged in any of these ways opens nothing',
  },
  {
    promise: 8, without: 'one token has many spellings',
    file: 'server/src/security/base64url.ts', line: "return bytes.toString('base64url') === text ? bytes : undefined", becomes: 'return bytes',
    test: 'server/src/security/base64url.test.ts', named: 'a JWS has one spelling',
  },
  {
    promise: 8, without: 'a proof may be without the time of its making',
    file: dpop, line: "if (typeof iat !== 'number' || !Number.isFinite(iat)) throw new DomainError('proof-invalid')", becomes: '',
    test: protocolTests, named: 'forged in any of these ways proves nothing',
  },
  {
    promise: 8, without: 'a client assertion serves twice',
    file: systems, line: "if (spent.numInsertedOrUpdatedRows !== 1n) throw new DomainError('client-assertion-invalid')", becomes: 'void spent',
    test: systemTests, named: 'is given once for an assertion',
  },
  {
    promise: 8, without: 'an assertion made out to another server serves here',
    file: systems, line: 'if (iss !== sub || audience !== core.config.publicUrl) return undefined', becomes: 'if (iss !== sub) return undefined',
    test: systemTests, named: 'wants an assertion that is right in everything',
  },
  {
    promise: 9, without: 'a revoked system scans on',
    file: systems, line: ".where('revoked_at', 'is', null)", becomes: '',
    test: systemTests, named: 'that is revoked is dead at its next request',
  },
  {
    promise: 14, without: 'an institution scans for what it never registered',
    file: 'server/src/features/presentations/service.ts', line: "if (verifier.kind === 'institution' && !verifier.institution.purposes.includes(purpose)) throw new DomainError('purpose-not-registered')", becomes: '',
    test: systemTests, named: 'scans for its institution',
  },
  {
    promise: 16, without: 'a unit of work that asks the store waits for itself',
    file: 'server/src/database/sqlite.ts', line: 'assertOutsideUnit()\n      await turns.take()', becomes: 'await turns.take()',
    test: transactTests, named: 'nothing in it reaches the store but through the unit',
  },
  {
    promise: 16, without: 'a unit of work may hold its connection for ever',
    file: 'server/src/database/transact.ts', line: 'return await within(life, asOpenUnit(() => change(work.withPlugin(lease.plugin))), () => new OverlongUnitError(life))', becomes: 'return await asOpenUnit(() => change(work.withPlugin(lease.plugin)))',
    test: transactTests, named: 'is rolled back when its life is over',
  },
  {
    promise: 16, without: 'what comes late writes behind the rollback',
    file: 'server/src/database/transact.ts', line: 'if (isOver) throw', becomes: 'if (isOver && node === undefined) throw',
    test: transactTests, named: 'is rolled back when its life is over',
  },
  {
    promise: 16, without: 'a guess under a used key is counted within the transaction that found it',
    file: 'server/src/plugins/registrar.ts', line: 'return earlier && earlier.request_hash !== requestHash ? reused : earlier?.result', becomes: 'if (earlier && earlier.request_hash !== requestHash) {\n            await write.reused?.(call)\n            throw new DomainError(\'idempotency-key-reused\')\n          }\n          return earlier?.result',
    test: 'server/src/repeated-keys.test.ts', named: 'at the lock screen is told that the key is used',
  },
  {
    promise: 16, without: 'a NUL reaches the database',
    file: 'server/src/plugins/bodies.ts', line: "return body.includes('\\\\u0000') && someText(value, (text) => text.includes('\\0'))", becomes: 'return body === value',
    test: abuseTests, named: 'with a NUL in a text',
  },
  {
    promise: 16, without: 'a decoder is asked for thirty thousand by thirty thousand',
    file: 'server/src/features/captures/jpeg.ts', line: 'if (pixels === 0 || pixels > mostPixels) return false', becomes: 'if (pixels === 0) return false',
    test: 'server/src/features/captures/jpeg.test.ts', named: 'is refused before a decoder sees it',
  },
]
