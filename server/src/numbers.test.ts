import { allRoutes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseTestApp, signIn, makeTestClient, type TestApp } from './testing/app.ts'
import { bindResident, openDesk } from './testing/bound.ts'

let app: TestApp
beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

/** Routes whose query holds numbers, with the names of these. */
const asked = allRoutes.flatMap((route) => {
  const properties = (route.query as { properties?: Record<string, { type?: string; maximum?: number }> } | undefined)?.properties ?? {}
  return Object.entries(properties).flatMap(([name, { type, maximum }]) => (type === 'integer' ? [{ route, name, maximum }] : []))
})

/** Beyond a bigint, beyond what JavaScript counts exactly, no number at all, and what the contract itself still allows. */
const numbers = ['1e30', '-1', '9223372036854775808', '9007199254740993', '1e999', 'NaN', '1.5', '0x10', '%20', '0']

test('no number in an address is a failure of ours, however large: it is refused, or answered', async () => {
  expect(asked.map(({ route, name }) => `${route.id} ${name}`).sort()).toEqual(['audit.heads after', 'holder.activity before', 'scans.list before', 'service.captcha effort'])
  const desk = await openDesk(app, 'dua', 0)
  const resident = await bindResident(app, desk)
  const holder = (await resident.unlock()).body['accessToken'] as string
  const teller = makeTestClient(app)
  const verifier = await signIn(teller, 'teller')
  for (const { route, name, maximum } of asked) {
    for (const number of [...numbers, String(maximum)]) {
      const path = `${route.path}?${route.id === 'audit.heads' ? 'log=chain&' : ''}${name}=${number}`
      const [client, token] = route.access.includes('holder') ? [resident.client, holder] : [teller, verifier]
      const { status, body } = await client.send({ method: 'GET', path, ...(route.access.includes('public') ? {} : { token }) })
      expect([path, status, status === 200 || body['code']]).toEqual([path, status === 200 ? 200 : 400, status === 200 || 'request-invalid'])
      if (number === '1e30') expect(status).toBe(400)
      if (number === String(maximum)) expect(status).toBe(200)
    }
  }
})
