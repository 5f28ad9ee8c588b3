import { timingSafeEqual } from 'node:crypto'
import Fastify, { type FastifyReply } from 'fastify'
import { agencies as command } from '../command-line/commands.mjs'
import { readCommandLine } from '../command-line/read.mjs'
import { agencies } from './agencies/list.ts'
import { findDocuments } from './agencies/records.ts'
import { answerLoopbackOnly } from './loopback.ts'

export { agencies } from './agencies/list.ts'

/** `down` answers 503 at once; `silent` takes the question and never answers, which is what most outages look like. */
export type Outage = 'down' | 'silent'

export interface Agencies {
  readonly port: number
  close(): Promise<void>
}

const documentsBody = {
  type: 'object',
  additionalProperties: false,
  required: ['nik', 'kind'],
  properties: { nik: { type: 'string', pattern: '^\\d{16}$' }, kind: { type: 'string', maxLength: 40 } },
} as const

const outageBody = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'on'],
  properties: {
    source: { type: 'string', description: 'an agency’s id or a kind of document' },
    on: { type: 'boolean' },
    how: { type: 'string', enum: ['down', 'silent'] },
  },
} as const

/**
 * The agencies that answer for documents, as one HTTP process of their own on loopback.
 *
 * `POST /<id>/documents` `{ nik, kind }` with `Authorization: Bearer <token>` → `{ items: [{ title, fields: [{ label, value }] }] }`;
 * no items means there is no such document. `POST /demo/outage` `{ source, on, how? }` takes an agency away for a while.
 *
 * @param token the secret shared with the server
 */
export async function createAgencies({ port, token, now = Date.now }: { port: number; token: string; now?: () => number }): Promise<Agencies> {
  const outages = new Map<string, Outage>()
  const waiting = new Set<FastifyReply>()
  const app = Fastify({ logger: false, bodyLimit: 4096, forceCloseConnections: true, ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } })
  answerLoopbackOnly(app)
  const expected = Buffer.from(`Bearer ${token}`)

  app.post<{ Params: { id: string }; Body: { nik: string; kind: string } }>('/:id/documents', { schema: { body: documentsBody } }, async (request, reply) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return reply.code(401).send({ error: 'token' })
    const agency = agencies.find(({ id }) => id === request.params.id)
    const kind = agency?.kinds.find((one) => one === request.body.kind)
    if (!agency || !kind) return reply.code(404).send({ error: 'no such document here' })
    const outage = outages.get(agency.id)
    if (outage === 'down') return reply.code(503).send({ error: 'out of order' })
    if (outage === 'silent') {
      waiting.add(reply)
      return reply.hijack()
    }
    return { items: findDocuments(request.body.nik, kind, new Date(now()).getUTCFullYear()) }
  })

  app.post<{ Body: { source: string; on: boolean; how?: Outage } }>('/demo/outage', { schema: { body: outageBody } }, async (request, reply) => {
    const { source, on, how = 'down' } = request.body
    const agency = agencies.find(({ id, kinds }) => id === source || kinds.some((kind) => kind === source))
    if (!agency) return reply.code(404).send({ error: 'no such agency' })
    if (on) outages.set(agency.id, how)
    else outages.delete(agency.id)
    return { outages: Object.fromEntries(outages) }
  })

  await app.listen({ host: 'localhost', port })
  const address = app.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      for (const reply of waiting) reply.raw.destroy()
      await app.close()
    },
  }
}

if (import.meta.main) {
  const { values } = readCommandLine(command)
  // By the environment and not as an argument, which every user of the machine can read.
  const token = process.env['IKD_AGENCY_TOKEN']
  if (!token) throw new Error('IKD_AGENCY_TOKEN is not set')
  const { port } = await createAgencies({ port: values.port, token })
  console.log(`agencies: http://localhost:${port}`)
}
