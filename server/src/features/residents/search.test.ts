import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTestClient, raiseTestApp, signIn, type TestApp, type TestClient } from '../../testing/app.ts'

let app: TestApp
let desk: TestClient
let token: string

beforeAll(async () => {
  app = await raiseTestApp()
  desk = makeTestClient(app)
  token = await signIn(desk, 'officer.satu', 'satu-kode-0')
})
afterAll(() => app.close())

const search = (name: string) =>
  desk.send({ method: 'POST', path: routes.residents.search.path, token, body: { purpose: 'lost-phone', by: { name, birthDate: '1998-04-12' } } })

describe('a search by name', () => {
  test.each(['___', '%%%', 's_%_', '1 2 3', '\\\\\\', '     si'])('of %j is refused: it would match people nobody named', async (name) => {
    const { status, body } = await search(name)
    expect([status, body['code'], body['errors']]).toEqual([400, 'request-invalid', [{ pointer: '/by/name', detail: 'minLength' }]])
  })

  test.each(['sit', 'SITI UJI', 'siti_uji', 'uji'])('of %j finds who bears it', async (name) => {
    const { body } = await search(name)
    expect(body['residents']).toMatchObject([{ name: 'SITI UJI' }])
  })
})
