import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FamilyMember, Identity } from '@ikd/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createDocumentsService, type DocumentResidents } from './service.ts'
import { createHttpSource } from './source.ts'

const nik = '3577015705900001'
const identity: Identity = {
  nik, name: 'Siti Rahayu', birthPlace: 'Madiun', birthDate: '1990-05-17', sex: 'female', address: 'Jl. Merpati 7',
  neighbourhood: 'RT 003 / RW 005', village: 'Kartoharjo', district: 'Kartoharjo', regency: 'Kota Madiun', province: 'Jawa Timur',
  religion: 'Islam', maritalStatus: 'married', occupation: 'Guru', nationality: 'WNI', familyCardNumber: '3577010101100001',
}
const members: FamilyMember[] = [
  { name: 'Budi Santoso', nik: '3577011203880002', birthDate: '1988-03-12', sex: 'male', relationship: 'head' },
  { name: identity.name, nik, birthDate: identity.birthDate, sex: 'female', relationship: 'spouse' },
]
const register: DocumentResidents = {
  getIdentity: async () => identity,
  getFamily: async () => ({ familyCardNumber: identity.familyCardNumber, members }),
  getNik: async () => nik,
}
const item = { title: 'NPWP', fields: [{ label: 'Nomor', value: '12.345.678.9-621.000' }] }

let core: TestCore
let logged: string[]
const agencies: Server[] = []

beforeEach(async () => {
  logged = []
  const log = (facts: object, message: string) => void logged.push(JSON.stringify([facts, message]))
  core = await createTestCore({ log: { info: log, warn: log, error: log } })
})
afterEach(async () => {
  for (const agency of agencies.splice(0)) {
    agency.closeAllConnections()
    await new Promise((resolve) => agency.close(resolve))
  }
  await core.close()
})

/** A real agency on loopback; its URL. */
async function agency(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  agencies.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answering = (body: unknown, status = 200): RequestListener => (_request, response) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const source = (url: string, timeLimitMs?: number) =>
  createHttpSource({ id: 'djp', name: 'Direktorat Jenderal Pajak', url, token: 'shared-secret', kinds: ['npwp'] }, timeLimitMs)

async function askFor(url: string, timeLimitMs?: number) {
  return createDocumentsService(core, register, [source(url, timeLimitMs)]).get(core.store, 'resident', 'npwp')
}

const unreachable = () => ({
  state: 'unreachable',
  kind: 'npwp',
  source: 'Direktorat Jenderal Pajak',
  retryAt: core.clock.now() + 30_000,
})

it('gives the document its source answered', async () => {
  expect(await askFor(await agency(answering({ items: [item] })))).toEqual({
    state: 'available',
    kind: 'npwp',
    source: 'Direktorat Jenderal Pajak',
    retrievedAt: core.clock.now(),
    items: [item],
  })
})

it('asks with the shared secret, and with the NIK in the body, never in the address', async () => {
  let seen: unknown
  const url = await agency((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen = [request.method, request.url, request.headers.authorization, JSON.parse(body)]
      answering({ items: [] })(request, response)
    })
  })
  await askFor(url)
  expect(seen).toEqual(['POST', '/documents', 'Bearer shared-secret', { nik, kind: 'npwp' }])
})

it('says so when the source has none', async () => {
  expect(await askFor(await agency(answering({ items: [] })))).toEqual({ state: 'none', kind: 'npwp', source: 'Direktorat Jenderal Pajak' })
})

it('leaves members behind that nobody agreed on', async () => {
  const answer = await askFor(await agency(answering({ items: [{ ...item, internal: 'x' }], took: 12 })))
  expect(answer).toMatchObject({ state: 'available', items: [item] })
  expect(JSON.stringify(answer)).not.toContain('internal')
})

it('gives up on a source that does not begin to answer in time', async () => {
  const url = await agency(() => undefined)
  const began = performance.now()
  expect(await askFor(url, 100)).toEqual(unreachable())
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(logged).toEqual([expect.stringContaining('"failure":"timed-out"')])
})

it('gives up on a source that begins and does not end in time', async () => {
  const url = await agency((_request, response) => void response.writeHead(200).write('{"items":['))
  expect(await askFor(url, 100)).toEqual(unreachable())
  expect(logged).toEqual([expect.stringContaining('"failure":"timed-out"')])
})

it.each([
  ['no JSON', '<html>login</html>'],
  ['another shape', '{"documents":[]}'],
  ['a value that is no text', '{"items":[{"title":"NPWP","fields":[{"label":"Nomor","value":7}]}]}'],
  ['nothing', ''],
])('takes %s for no answer', async (_what, body) => {
  expect(await askFor(await agency((_request, response) => void response.end(body)))).toEqual(unreachable())
  expect(logged).toEqual([expect.stringContaining('"failure":"malformed"')])
})

it('stops reading an answer larger than 64 KiB', async () => {
  let closed: Promise<void> | undefined
  const url = await agency((_request, response) => {
    const chunk = Buffer.alloc(16 * 1024, 0x20)
    closed = new Promise((resolve) => response.on('close', resolve))
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  expect(await askFor(url)).toEqual(unreachable())
  expect(logged).toEqual([expect.stringContaining('"failure":"too-large"')])
  // The connection goes with it: the endless answer does not run on in the background.
  await closed
})

it('takes an error of the source for no answer', async () => {
  expect(await askFor(await agency(answering({ items: [item] }, 503)))).toEqual(unreachable())
  expect(logged).toEqual([expect.stringContaining('"failure":"status"')])
})

it('does not carry a NIK on to where a source redirects', async () => {
  let asked = false
  const elsewhere = await agency((request, response) => {
    asked = true
    answering({ items: [item] })(request, response)
  })
  const url = await agency((_request, response) => void response.writeHead(307, { location: `${elsewhere}/documents` }).end())
  expect(await askFor(url)).toEqual(unreachable())
  expect(asked).toBe(false)
})

it('says when to try again while a source is down, and never logs the NIK', async () => {
  const url = await agency(answering({}))
  const down = agencies.pop() as Server
  await new Promise((resolve) => down.close(resolve))
  expect(await askFor(url)).toEqual(unreachable())
  expect(logged).toEqual([expect.stringContaining('"failure":"unreachable"')])
  expect(logged.join()).not.toContain(nik)
})

it('lets no source wait for another', async () => {
  const silent = source(await agency(() => undefined), 1_000)
  const quick = createHttpSource({ id: 'kemkes', name: 'Kementerian Kesehatan', url: await agency(answering({ items: [item] })), token: 't', kinds: ['vaccination'] })
  const documents = createDocumentsService(core, register, [silent, quick])
  const order: string[] = []
  await Promise.all([
    documents.get(core.store, 'resident', 'npwp').then(({ state }) => order.push(state)),
    documents.get(core.store, 'resident', 'vaccination').then(({ state }) => order.push(state)),
  ])
  expect(order).toEqual(['available', 'unreachable'])
})

it('answers for the family card from the register, without any agency', async () => {
  const answer = await createDocumentsService(core, register, []).get(core.store, 'resident', 'family-card')
  expect(answer).toMatchObject({ state: 'available', kind: 'family-card', source: 'Dukcapil' })
  expect(answer.state === 'available' && answer.items.map(({ title }) => title)).toEqual(['Kartu Keluarga', 'Budi Santoso', 'Siti Rahayu'])
  expect(answer.state === 'available' && answer.items[0]?.fields).toContainEqual({ label: 'Nama Kepala Keluarga', value: 'Budi Santoso' })
})

it('offers the kinds somebody answers for, and refuses the others', async () => {
  const documents = createDocumentsService(core, register, [source('http://127.0.0.1:9')])
  expect(documents.kinds()).toEqual([
    { kind: 'family-card', source: 'Dukcapil' },
    { kind: 'npwp', source: 'Direktorat Jenderal Pajak' },
  ])
  await expect(documents.get(core.store, 'resident', 'vehicle')).rejects.toMatchObject({ code: 'document-kind-unknown' })
})
