import { parseNik } from '@ikd/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Agencies, createAgencies } from './agencies.ts'
import { agencies } from './agencies/list.ts'
import { makePopulation } from './population/population.ts'

let running: Agencies
beforeEach(async () => {
  running = await createAgencies({ port: 0, token: 'secret', now: () => Date.UTC(2026, 10, 21) })
})
afterEach(() => running.close())

const ratna = '3577015204980001'

function post(path: string, body: unknown, { token = 'secret', signal }: { token?: string; signal?: AbortSignal } = {}) {
  return fetch(`http://localhost:${running.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
}

describe('the demo agencies', () => {
  it('have every kind of document for the first resident of the demo', async () => {
    const { cast } = await makePopulation({ today: '2026-11-21', portraits: [], password: () => '', enrolmentCode: () => '' })
    expect(cast.find(({ part }) => part === 'genuine-pair')?.nik).toBe(ratna)
    for (const { id, kinds } of agencies) {
      for (const kind of kinds) {
        const answer = await post(`/${id}/documents`, { nik: ratna, kind })
        expect(answer.status).toBe(200)
        const { items } = (await answer.json()) as { items: { title: string; fields: { label: string; value: string }[] }[] }
        expect(items.length, kind).toBeGreaterThan(0)
        for (const { title, fields } of items) {
          expect(title).not.toBe('')
          expect(fields.every(({ label, value }) => label !== '' && value !== '')).toBe(true)
        }
      }
    }
  })

  it('say the same every time, and nothing for a child', async () => {
    const ask = async (nik: string) => (await post('/samsat/documents', { nik, kind: 'vehicle' })).json()
    expect(await ask(ratna)).toEqual(await ask(ratna))
    const child = '3577015204200001'
    expect(parseNik(child)).toHaveProperty('parts')
    expect(await ask(child)).toEqual({ items: [] })
  })

  it('answer only who knows the token, only for their own kind, only what is well formed', async () => {
    expect((await post('/djp/documents', { nik: ratna, kind: 'npwp' }, { token: 'other' })).status).toBe(401)
    expect((await post('/djp/documents', { nik: ratna, kind: 'vehicle' })).status).toBe(404)
    expect((await post('/nobody/documents', { nik: ratna, kind: 'npwp' })).status).toBe(404)
    expect((await post('/djp/documents', { nik: 12, kind: 'npwp' })).status).toBe(400)
    expect((await post('/djp/documents', { nik: ratna, kind: 'npwp', more: 1 })).status).toBe(400)
  })

  it('can be taken away and brought back, by agency or by kind of document', async () => {
    expect(await (await post('/demo/outage', { source: 'npwp', on: true })).json()).toEqual({ outages: { djp: 'down' } })
    expect((await post('/djp/documents', { nik: ratna, kind: 'npwp' })).status).toBe(503)
    expect((await post('/samsat/documents', { nik: ratna, kind: 'vehicle' })).status).toBe(200)
    await post('/demo/outage', { source: 'djp', on: false })
    expect((await post('/djp/documents', { nik: ratna, kind: 'npwp' })).status).toBe(200)
  })

  it('can fall silent, as agencies do', async () => {
    await post('/demo/outage', { source: 'djp', on: true, how: 'silent' })
    await expect(post('/djp/documents', { nik: ratna, kind: 'npwp' }, { signal: AbortSignal.timeout(300) })).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})
