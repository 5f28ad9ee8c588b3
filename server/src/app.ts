import { randomBytes } from 'node:crypto'
import fastifyCors from '@fastify/cors'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifySwagger from '@fastify/swagger'
import { DomainError, routes } from '@ikd/contract'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { Ajv } from 'ajv'
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { type Clock, minute, systemClock } from './clock.ts'
import { createClockCheck } from './clock-check.ts'
import { type Config, storeOptions } from './config.ts'
import type { Core } from './core.ts'
import { openStore } from './database/store.ts'
import { forgetOldPages } from './database/forget.ts'
import { createFeatures } from './features.ts'
import { assertStoreAnswers } from './health.ts'
import { housekeepingInterval, housekeepingLife, keepHouse } from './housekeeping.ts'
import { authenticate } from './plugins/access.ts'
import { addBodyParsers } from './plugins/bodies.ts'
import { boundConnections, connectionLimits, refuseOddRequests, usualConnections } from './plugins/connections.ts'
import { addAnswerHeaders } from './plugins/headers.ts'
import { clientNetwork, createLimits, type Limits } from './plugins/limits.ts'
import { addPressure, type PressureLimits, usualLimits } from './plugins/pressure.ts'
import { answerUnknownRoute, answerUnreadable, problems } from './plugins/problems.ts'
import { createRegistrar, inUnit } from './plugins/registrar.ts'
import { addSite } from './plugins/site.ts'
import { createTokens } from './plugins/tokens.ts'
import { createAudit } from './features/audit/service.ts'
import { hashOldReceiptCodes } from './features/registrations/receipt-codes.ts'
import { createEnvelope } from './security/envelope.ts'
import { createNonces } from './security/nonces.ts'
import { createPasswordHasher, type HashingCost } from './security/password.ts'
import { createIds } from './security/random.ts'
import { openSecrets } from './security/secrets.ts'
import { livingKeys } from './security/token-keys.ts'
import { openServerId } from './server-id.ts'
import { openSignals } from './shared-signals.ts'

/** Of one network and minute. */
const requestsPerMinute = 600
/** A phone that opens the app for the first time fetches a hundred files, and a waiting room of forty shares one network. */
const filesPerMinute = 6_000

/** The built app's own files, which cost next to nothing. */
const isFile = (request: FastifyRequest): boolean => request.routeOptions.url === '/*'

/** What a test may bring of its own; everything else is made from the configuration. */
export interface Ports {
  readonly clock?: Clock
  readonly face?: FaceEngine
  readonly limits?: Limits
  readonly logLevel?: 'silent' | 'warn' | 'info'
  readonly pressure?: PressureLimits
  readonly hashing?: HashingCost
}

/** The server, ready to listen or to be injected into. Closing it closes all it opened. */
export async function buildApp(config: Config, ports: Ports = {}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: ports.logLevel ?? config.logLevel ?? 'warn', serializers: { req: (request) => ({ method: request.method, route: request.routeOptions?.url }) } },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 32 * 1024,
    ...connectionLimits,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    frameworkErrors: answerUnreadable,
  })
  // The same in tests and production: a body is never bent into shape; a URL knows only text, so numbers in it are read as such.
  // "1e999" is read as Infinity, whose bounds Ajv looks at only when told not to be strict about it.
  const [bodies, addresses] = [new Ajv({ coerceTypes: false }), new Ajv({ coerceTypes: true, strictNumbers: false })]
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? bodies : addresses).compile(schema as object))
  const core = await createCore(config, ports, app)
  await hashOldReceiptCodes(core)
  boundConnections(app.server, config.connections ?? usualConnections, { log: app.log, now: core.clock.now })
  const tokens = await createTokens(app, core)

  addBodyParsers(app)
  await app.register(problems)
  await app.register(fastifyCors, {
    origin: [...config.counterOrigins],
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'dpop', 'idempotency-key'],
    exposedHeaders: ['dpop-nonce', 'retry-after', 'date', 'www-authenticate'],
    maxAge: 600,
  })
  await addPressure(app, ports.pressure ?? usualLimits())
  refuseOddRequests(app)
  await app.register(fastifyRateLimit, {
    global: true,
    // Protects this process and is counted in it: to ask the database about every request would be the flood itself. What
    // protects people is counted there (`ratePerMinute`).
    max: (request) => (isFile(request) ? filesPerMinute : requestsPerMinute),
    timeWindow: minute,
    keyGenerator: (request) => `${isFile(request) ? 'files' : 'api'} ${clientNetwork(request.ip)}`,
    errorResponseBuilder: (_request, context) => new DomainError('too-many-requests', { retryAt: core.clock.now() + context.ttl }),
  })
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'IKD', version: '1', description: 'Identitas Kependudukan Digital: registration, counter, holder, scans' },
      components: {
        securitySchemes: {
          dpop: { type: 'http', scheme: 'DPoP', description: 'RFC 9449; the scopes of an operation name who may call it' },
        },
      },
    },
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header('dpop-nonce', core.proofNonces.issue().nonce)
    addAnswerHeaders(reply)
    return payload
  })

  const features = createFeatures(core, tokens)
  const registrar = createRegistrar(app, core, (request, route) => authenticate(request, route, core, tokens, features.callers))
  features.register(registrar)
  const clockCheck = createClockCheck(core)
  await clockCheck.look()
  registrar.read(routes.service.health, async () => {
    await assertStoreAnswers(core)
    return { status: 'up', faceEngine: 'ready', database: 'ready', ...clockCheck.view() } as const
  })
  registrar.read(routes.service.keys, async () => ({
    keys: livingKeys(core.secrets.tokenKeys(), core.clock.now()).map(({ jwk, kid }) => ({ ...jwk, kid, use: 'sig', alg: 'ES256' }) as const),
  }))
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  if (config.residentDirectory) await addSite(app, { directory: config.residentDirectory, connect: [] })
  else app.setNotFoundHandler(answerUnknownRoute)

  features.mailWorker.start()
  features.duplicateWorker.start()
  features.suspensionRequests.start()
  features.notary.start()
  clockCheck.start()
  const housekeeping = setInterval(() => {
    inUnit(core, (unit) => keepHouse(core, unit, features), core.clock.now(), housekeepingLife).then(() => forgetOldPages(core.store)).catch((error: unknown) =>
      core.log.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'housekeeping failed'),
    )
  }, housekeepingInterval)
  housekeeping.unref()
  app.addHook('onClose', async () => {
    clearInterval(housekeeping)
    await clockCheck.stop()
    await features.suspensionRequests.stop()
    await features.duplicateWorker.stop()
    await features.mailWorker.stop()
    await features.notary.stop()
    if (!ports.face) await core.face.close()
    await core.signals.close()
    await core.store.destroy()
  })
  return app
}

async function createCore(config: Config, ports: Ports, app: FastifyInstance): Promise<Core> {
  const clock = ports.clock ?? systemClock
  const secrets = openSecrets(config)
  const serverId = config.serverId ?? openServerId(config.dataDirectory)
  const store = await openStore(config.database, storeOptions(config))
  return {
    config,
    serverId,
    clock,
    random: randomBytes,
    ids: createIds(clock),
    store,
    secrets,
    envelope: createEnvelope(secrets.masterKey, randomBytes),
    passwords: createPasswordHasher(secrets.derive('pepper'), ports.hashing),
    proofNonces: createNonces(secrets.derive('nonce'), 'dpop', clock),
    epochNonces: createNonces(secrets.derive('nonce'), 'epoch', clock),
    signals: await openSignals(config.database, app.log),
    limits: ports.limits ?? createLimits({ store, secrets, clock }),
    audit: createAudit(serverId),
    face: ports.face ?? (await createFaceEngine({ workers: config.faceWorkers, start: 'now' })),
    log: app.log,
  }
}
