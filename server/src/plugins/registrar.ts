import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from '@ikd/contract'
import { DomainError, type ProblemCode, type ProblemFacts, problemStatus } from '@ikd/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, principalOf } from '../caller.ts'
import { day, minute, second } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Work } from '../database/store.ts'
import { OverlongUnitError } from '../database/failures.ts'
import { transact } from '../database/transact.ts'
import { keyedHash } from '../security/digest.ts'
import type { Proof } from '../security/dpop.ts'
import type { Signal } from '../signals.ts'
import { limitOf, limitSubject } from './limits.ts'
import { isUrgent } from './pressure.ts'
import { sendProblem } from './problems.ts'

/** What a handler is given. */
export interface Call<R extends Route> {
  readonly caller: Caller
  readonly params: ParamsOf<R>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  /** The server's clock at the beginning of the request. */
  readonly now: number
}

/** One transaction of a state-changing request, and the hints to give once it is committed. */
export interface Unit {
  readonly work: Work
  readonly now: number
  announce(topic: string, signal: Signal): void
}

/**
 * A state-changing request in three steps, so that its retry is safe:
 * `prepare` does slow work outside the transaction (hashing, faces); `execute` changes the state and returns the id of
 * the result, or *returns* a refusal whose traces (a counted guess) are to be kept; `answer` reads the result by its
 * id. A retry with the same idempotency key goes straight to `answer`.
 */
export interface Write<R extends Route, P> {
  prepare?(call: Call<R>): Promise<P>
  execute(call: Call<R>, unit: Unit, prepared: P): Promise<string | DomainError>
  answer(call: Call<R>, resultId: string): Promise<AnswerOf<R>>
  /** How long a retry finds the result, in milliseconds; a day unless said. */
  readonly replayFor?: number
  /** The key came again with another body; where bodies hold guesses, this one is to be counted. No transaction is open. */
  reused?(call: Call<R>): Promise<unknown>
}

export interface Registrar {
  read<R extends Route>(route: R, handler: (call: Call<R>) => Promise<AnswerOf<R>>): void
  write<R extends Route, P = undefined>(route: R, write: Write<R, P>): void
  /** State-changing in name only, or safe to repeat for the reason its contract gives. */
  repeatable<R extends Route>(route: R, handler: (call: Call<R>, unit: <T>(change: (unit: Unit) => Promise<T>) => Promise<T>) => Promise<AnswerOf<R>>): void
  stream<R extends Route>(route: R, subscribe: (call: Call<R>, emit: (event: AnswerOf<R>) => void) => () => void): void
}

export interface Sender {
  readonly caller: Caller
  readonly proof?: Proof
  /** Whether the caller may still call, asked anew of the database and the clock. */
  readonly mayGoOn: () => Promise<boolean>
}

export type Authenticate = (request: FastifyRequest, route: Route) => Promise<Sender>

const heartbeat = 15_000
/** Hints may have been missed: streams end, and are opened anew, within this time. ms */
const reopenWithin = 3_000
/** Streams one caller may hold at once; a further one ends the oldest. */
const streamsEach = 4

/**
 * Runs a change in one transaction, anew when another was faster, and gives its hints after the commit.
 *
 * @param life how long one try may take, ms; see `transact`
 */
export async function inUnit<T>(
  core: Core,
  change: (unit: Unit) => Promise<T>,
  now: number = core.clock.now(),
  life = core.config.databaseUnitLife,
): Promise<T> {
  let hints: [string, Signal][] = []
  const once = (work: Work) => {
    hints = []
    return change({ work, now, announce: (topic, signal) => hints.push([topic, signal]) })
  }
  const result = await transact(core.store, once, { life }).catch((error: unknown) => {
    if (error instanceof OverlongUnitError) core.log.error({ kind: error.name, life: error.life }, 'a unit of work outlived its time and was rolled back')
    throw error
  })
  for (const [topic, signal] of hints) core.signals.publish(topic, signal)
  return result
}

export function createRegistrar(app: FastifyInstance, core: Core, authenticate: Authenticate): Registrar {
  /** Who sent a request: found before its body is read, so that a stranger's twelve megabytes are never parsed. */
  const senders = new WeakMap<FastifyRequest, Sender>()
  const hashKey = core.secrets.derive('idempotency')
  const streams = new Map<string, (() => void)[]>()

  function begin<R extends Route>(request: FastifyRequest): { call: Call<R>; proof: Proof | undefined } {
    const sender = senders.get(request)
    if (!sender) throw new Error('a handler ran before its request was authenticated')
    const call = {
      caller: sender.caller,
      params: request.params as ParamsOf<R>,
      query: request.query as QueryOf<R>,
      body: (request.body ?? undefined) as BodyOf<R>,
      now: core.clock.now(),
    }
    return { call, proof: sender.proof }
  }

  /**
   * Whom an idempotency key belongs to. A stranger is known by nothing but what they bring: the solved robot check in the
   * body nobody else has, so the whole request is its owner. Whoever comes with the same key and anything else is another,
   * and hears nothing of the first; an address would be worse, for it changes when a phone leaves its wireless network.
   */
  function ownerOf(caller: Caller, asked: string): string {
    return caller.kind === 'public' ? `stranger:${keyedHash(hashKey, 'stranger', asked)}` : principalOf(caller)
  }

  function add(route: Route, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): void {
    if (!route.access?.length) throw new Error(`route ${route.id} names nobody who may call it`)
    app.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      schema: {
        operationId: route.id,
        summary: route.summary,
        tags: [route.id.split('.')[0] as string],
        security: route.access.includes('public') ? [] : [{ dpop: [...route.access] }],
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.body ? { body: route.body } : {}),
        ...(route.kind === 'stream'
          ? { response: { 200: { description: 'text/event-stream; each data line is this value', content: { 'text/event-stream': { schema: route.answer } } } } }
          : { response: { [route.status ?? 200]: route.answer } }),
      },
      config: { form: route.form ?? false, urgent: isUrgent(route) },
      onRequest: async (request) => {
        senders.set(request, await authenticate(request, route))
      },
      // After validation: what is malformed costs nothing and is nobody's guess.
      preHandler: async (request, reply) => {
        if (route.ratePerMinute === undefined) return
        const { caller } = begin(request).call
        const retryAt = await core.limits.take(route.id, limitSubject(caller, request.ip), limitOf(caller, route.ratePerMinute))
        if (retryAt === undefined) return
        reply.header('retry-after', Math.ceil((retryAt - core.clock.now()) / second))
        throw new DomainError('too-many-requests', { retryAt })
      },
      handler,
    })
  }

  return {
    read(route, handler) {
      add(route, async (request) => handler(begin<typeof route>(request).call))
    },

    repeatable(route, handler) {
      if (!route.repeatable && route.method !== 'GET') throw new Error(`route ${route.id} does not say why it is repeatable`)
      add(route, async (request, reply) => {
        const { call, proof } = begin<typeof route>(request)
        if (proof) await inUnit(core, (unit) => spendProof(unit, proof))
        reply.code(route.status ?? 200)
        return handler(call, (change) => inUnit(core, change, call.now))
      })
    },

    write(route, write) {
      if (route.repeatable) throw new Error(`route ${route.id} is repeatable`)
      add(route, async (request, reply) => {
        const { call, proof } = begin<typeof route>(request)
        const asked = JSON.stringify([route.id, request.url, request.body ?? null])
        const principal = ownerOf(call.caller, asked)
        const key = idempotencyKey(request)
        // Keyed: the body may hold a PIN, whose plain hash would be read back in a second.
        const requestHash = keyedHash(hashKey, `${principal} ${key}`, asked)

        const keptSince = call.now - (write.replayFor ?? day)
        /** What the key and the proof have led to: a result, nothing yet, or `reused` where the key came with another body before. */
        const findEarlier = async (work: Pick<Work, 'selectFrom'>) => {
          // One look for both: what this key has led to, and what this proof has.
          const rows = await work
            .selectFrom('idempotency')
            .select(['principal', 'key', 'request_hash', 'result', 'at', 'jkt', 'jti'])
            .where((where) =>
              where.or([
                where.and([where('principal', '=', principal), where('key', '=', key)]),
                ...(proof ? [where.and([where('jkt', '=', proof.jkt), where('jti', '=', proof.jti)])] : []),
              ]),
            )
            .execute()
          const earlier = rows.find((row) => row.principal === principal && row.key === key && row.at > keptSince)
          // RFC 9449 §11.1: a proof that changes something serves once. With its own key it is a request sent twice.
          const spent = rows.some((row) => row !== earlier && row.jkt === proof?.jkt && row.jti === proof?.jti)
          if (spent) throw new DomainError('proof-replayed')
          return earlier && earlier.request_hash !== requestHash ? reused : earlier?.result
        }
        const answer = async (result: string | typeof reused) => {
          if (result === reused) {
            await write.reused?.(call)
            throw new DomainError('idempotency-key-reused')
          }
          const refusal = parseRefusal(result)
          if (refusal) return sendProblem(reply, refusal.toProblem())
          reply.code(route.status ?? 200)
          return write.answer(call, result)
        }

        const earlier = await findEarlier(core.store)
        if (earlier !== undefined) return answer(earlier)
        const prepared = (await write.prepare?.(call)) as never
        const result = await inUnit(core, async (unit) => {
          const { work } = unit
          // A result whose time is over gives its place to the new one.
          await work.deleteFrom('idempotency').where('principal', '=', principal).where('key', '=', key).where('at', '<=', keptSince).execute()
          // Taken before anything is done, key and proof in one row: whoever comes with either at the same moment waits
          // here for the first one's commit.
          const taken = await work
            .insertInto('idempotency')
            .values({ principal, key, route: route.id, request_hash: requestHash, result: '', at: call.now, jkt: proof?.jkt ?? null, jti: proof?.jti ?? null })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
          if (taken.numInsertedOrUpdatedRows !== 1n) {
            const raced = await findEarlier(work)
            if (raced === undefined) throw new DomainError('busy')
            return raced
          }
          const outcome = await write.execute(call, unit, prepared)
          const text = typeof outcome === 'string' ? outcome : refusalText(outcome)
          await work.updateTable('idempotency').set({ result: text }).where('principal', '=', principal).where('key', '=', key).execute()
          return text
        })
        return answer(result)
      })
    },

    stream(route, subscribe) {
      add(route, async (request, reply) => {
        const { call } = begin<typeof route>(request)
        const sender = senders.get(request)
        if (call.caller.kind === 'public') throw new DomainError('forbidden')
        const principal = principalOf(call.caller)
        reply.hijack()
        const socket = reply.raw
        // Headers set by earlier hooks (CORS, nonce, security) travel with the stream.
        for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) socket.setHeader(name, value)
        socket.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        socket.write(': open\n\n')
        const end = (): void => void socket.end()
        // Asked anew before each event, one after the other: a right that has ended hears of nothing that came after.
        let told = Promise.resolve()
        const stop = subscribe(call, (event) => {
          told = told.then(async () => ((await sender?.mayGoOn()) ? void socket.write(`data: ${JSON.stringify(event)}\n\n`) : end())).catch(end)
        })
        const own = [...(streams.get(principal) ?? []), end]
        if (own.length > streamsEach) own.shift()?.()
        streams.set(principal, own)
        // A stream outlives neither its token nor its caller's right; the client comes back with a new token.
        // Whoever opens a stream looks again; not all in the same moment.
        const stopMissed = core.signals.whenMissed(() => void setTimeout(end, (core.random(1).readUInt8() / 255) * reopenWithin).unref())
        const beat = setInterval(() => {
          void sender?.mayGoOn().then((yes) => (yes && !socket.writableNeedDrain ? socket.write(': beat\n\n') : end()), end)
        }, heartbeat)
        socket.on('close', () => {
          clearInterval(beat)
          stop()
          stopMissed()
          const left = (streams.get(principal) ?? []).filter((other) => other !== end)
          if (left.length > 0) streams.set(principal, left)
          else streams.delete(principal)
        })
      })
    },
  }
}

/** The same for requests without a key: what they change may be repeated, but not by whoever saw the proof. */
async function spendProof(unit: Unit, proof: Proof): Promise<void> {
  const inserted = await unit.work
    .insertInto('proof_replay')
    .values({ jkt: proof.jkt, jti: proof.jti, expires_at: unit.now + 10 * minute })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new DomainError('proof-replayed')
}

function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) throw new DomainError('idempotency-key-missing')
  return key
}

const reused = Symbol('reused')
const refusalMark = 'refused:'

function refusalText(refusal: DomainError): string {
  return refusalMark + JSON.stringify({ code: refusal.code, facts: refusal.facts })
}

function parseRefusal(result: string): DomainError | undefined {
  if (!result.startsWith(refusalMark)) return undefined
  const { code, facts } = JSON.parse(result.slice(refusalMark.length)) as { code: ProblemCode; facts: ProblemFacts }
  return code in problemStatus ? new DomainError(code, facts) : new DomainError('internal')
}
