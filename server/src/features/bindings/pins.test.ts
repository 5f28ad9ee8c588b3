import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute } from '../../clock.ts'
import { createPasswordHasher } from '../../security/password.ts'
import { makeTestClient, raiseTestApp, type TestApp } from '../../testing/app.ts'
import { addResident, askingOf, bindResident, type BoundResident, openDesk, raiseSecondServer, type TestDesk } from '../../testing/bound.ts'

let app: TestApp
let servers: Awaited<ReturnType<typeof raiseSecondServer>>
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  servers = await raiseSecondServer(app)
  desk = await openDesk(app, 'dua', 0)
})
afterAll(async () => {
  await servers.app.close()
  await app.close()
})

const rowOf = ({ bindingId }: BoundResident) =>
  app.store.selectFrom('binding').select(['pin_hash', 'pin_row', 'pin_failures', 'pin_paused_until']).where('id', '=', bindingId).executeTakeFirstOrThrow()

const wrong = (i: number) => String(305_810 + i)

describe('fifty guesses at once, over two servers', () => {
  test('count one by one: three are looked at, the others find the pause', async () => {
    const resident = await bindResident(servers.both, desk)
    const token = await resident.session()
    const guess = (i: number) => resident.client.send({ method: 'POST', path: routes.holder.unlock.path, token, body: { pin: wrong(i) } })
    const told = (await Promise.all(Array.from({ length: 50 }, (_, i) => guess(i)))).map(({ body }) => body['code'])
    expect(new Set(told)).toEqual(new Set(told.includes('pin-wrong') ? ['pin-wrong', 'pin-paused'] : ['pin-paused']))
    expect(await rowOf(resident)).toMatchObject({ pin_row: 3, pin_failures: 3, pin_paused_until: app.clock.now() + 5 * minute })
    // The right PIN as well has to wait, to the millisecond.
    app.clock.advance(5 * minute - 1)
    expect((await resident.unlock()).body).toMatchObject({ code: 'pin-paused', retryAt: app.clock.now() + 1 })
    app.clock.advance(1)
    expect((await resident.unlock()).status).toBe(200)
    expect(await rowOf(resident)).toMatchObject({ pin_row: 0, pin_failures: 0, pin_paused_until: null })
  }, 60_000)

  test('at the tenth lead to the office and no further', async () => {
    const resident = await bindResident(servers.both, desk)
    await app.store.updateTable('binding').set({ pin_row: 8 }).where('id', '=', resident.bindingId).execute()
    const token = await resident.session()
    await Promise.all(Array.from({ length: 20 }, (_, i) => resident.client.send({ method: 'POST', path: routes.holder.unlock.path, token, body: { pin: wrong(i) } })))
    expect((await rowOf(resident)).pin_row).toBe(10)
    app.clock.advance(5 * minute + 1)
    expect((await resident.unlock()).body['code']).toBe('pin-blocked')
  }, 60_000)
})

test('a server that starts anew remembers every guess', async () => {
  let asked = app.app
  const resident = await bindResident(askingOf(app, () => asked), desk)
  for (let i = 0; i < 2; i++) await resident.unlock(wrong(i))
  const anew = await raiseSecondServer(app)
  asked = anew.app
  expect((await resident.unlock(wrong(2))).body['code']).toBe('pin-paused')
  await anew.app.close()
})

test('whoever does not hold the phone’s key counts no guess, not even with the phone’s token', async () => {
  const resident = await bindResident(app, desk)
  const token = await resident.session()
  const stranger = makeTestClient(app)
  for (let i = 0; i < 12; i++) {
    const { body } = await stranger.send({ method: 'POST', path: routes.holder.unlock.path, token, body: { pin: wrong(i) } })
    expect(body['code']).toBe('token-invalid')
  }
  expect((await rowOf(resident)).pin_row).toBe(0)
  expect((await resident.unlock()).status).toBe(200)
})

test.each(['123456', '654321', '000000', '121212', '123123', '111222', '170845', '120498', '980412', '041298', '199804'])(
  'the PIN %s is refused: popular, or the holder’s birth date',
  async (newPin) => {
    resident ??= await bindResident(app, desk, { resident: await addResident(app, '1998-04-12') })
    const { body } = await resident.asHolder(routes.holder.changePin.path, { currentPin: resident.pin, newPin })
    expect(body['code']).toBe('pin-too-simple')
  },
)
let resident: BoundResident | undefined

test('a PIN’s hash is worth nothing without the pepper, which is not in the database', async () => {
  const { pin_hash: hash } = await rowOf(await bindResident(app, desk, { pin: '730264' }))
  expect(hash).toMatch(/^\$argon2id\$/)
  expect(await createPasswordHasher(app.secrets.derive('pepper')).verify(hash, '730264')).toBe(true)
  expect(await createPasswordHasher(Buffer.alloc(32)).verify(hash, '730264')).toBe(false)
})

test('three wrong PINs enter the history, once', async () => {
  const guessed = await bindResident(app, desk)
  for (let i = 0; i < 5; i++) await guessed.unlock(wrong(i))
  const kinds = await app.store.selectFrom('activity').select('kind').where('resident_id', '=', guessed.residentId).execute()
  expect(kinds).toEqual([{ kind: 'pin-paused' }])
})
