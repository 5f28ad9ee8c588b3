import { generateKeyPairSync, sign } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute, second } from '../../clock.ts'
import type { PasswordHasher } from '../../security/password.ts'
import { raiseBeside, raiseTestApp, type TestAnswer, type TestApp } from '../../testing/app.ts'
import { askingOf, bindResident, type BoundResident, openDesk, raiseSecondServer, type TestDesk } from '../../testing/bound.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createActivityService } from '../activity/service.ts'
import { createBindingsService } from './service.ts'

let app: TestApp
let servers: Awaited<ReturnType<typeof raiseSecondServer>>
let desk: TestDesk

beforeAll(async () => {
  // A turn may take its time on a machine that does ten other things.
  app = await raiseTestApp({ databasePatience: 20_000 })
  servers = await raiseSecondServer(app)
  desk = await openDesk(app, 'dua', 0)
})
afterAll(async () => {
  await servers.app.close()
  await app.close()
})

const times = <T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, i) => act(i)))
const codesOf = (answers: readonly TestAnswer[]) => answers.map(({ status, body }) => (status < 300 ? 'done' : String(body['code'])))
const wrong = (i: number) => String(305_810 + i)

const countsOf = ({ bindingId }: BoundResident) =>
  app.store.selectFrom('binding').select(['pin_row', 'pin_failures', 'pin_paused_until', 'pin_guess']).where('id', '=', bindingId).executeTakeFirstOrThrow()

/** Asks the two servers in turn. */
async function unlockerOf(resident: BoundResident) {
  const token = await resident.session()
  return (pin: string) => resident.client.send({ method: 'POST', path: routes.holder.unlock.path, token, body: { pin } })
}

describe('the right PIN, sent many times at once to two servers', () => {
  test('opens every time, and leaves nothing counted', async () => {
    const resident = await bindResident(servers.both, desk)
    const unlock = await unlockerOf(resident)
    expect(codesOf(await times(12, () => unlock(resident.pin)))).toEqual(Array(12).fill('done'))
    expect(await countsOf(resident)).toEqual({ pin_row: 0, pin_failures: 0, pin_paused_until: null, pin_guess: null })
  }, 60_000)

  test('opens every time also after two wrong ones, when each is a third guess until it is looked at', async () => {
    const resident = await bindResident(servers.both, desk)
    const unlock = await unlockerOf(resident)
    for (let i = 0; i < 2; i++) await unlock(wrong(i))
    expect(codesOf(await times(8, () => unlock(resident.pin)))).toEqual(Array(8).fill('done'))
  }, 60_000)

  test('among two wrong ones opens every time, and those are told as wrong', async () => {
    const resident = await bindResident(servers.both, desk)
    const unlock = await unlockerOf(resident)
    const answers = await times(10, (i) => unlock(i % 5 === 2 ? wrong(i) : resident.pin))
    expect(codesOf(answers)).toEqual(Array.from({ length: 10 }, (_, i) => (i % 5 === 2 ? 'pin-wrong' : 'done')))
  }, 60_000)

  test('among many wrong ones: three of those in a row are looked at, whichever come first, and the rest find the pause', async () => {
    const resident = await bindResident(servers.both, desk)
    const unlock = await unlockerOf(resident)
    const told = codesOf(await times(30, (i) => unlock(i === 15 ? resident.pin : wrong(i))))
    const { pin_failures: failures, pin_paused_until: pausedUntil } = await countsOf(resident)
    // Whether the right one came before the third wrong one or not, three wrong ones in a row end it.
    expect([failures, pausedUntil]).toEqual([3, app.clock.now() + 5 * minute])
    const lookedAt = told.filter((code) => code === 'pin-wrong').length
    expect(lookedAt).toBeLessThanOrEqual(told[15] === 'done' ? 4 : 2)
  }, 60_000)
})

describe('a guess whose server dies between counting it and looking at it', () => {
  let dying: TestCore
  let impatient: TestApp
  let answer: (isRight: boolean) => void

  beforeAll(async () => {
    const passwords: PasswordHasher = { hash: async () => '', spend: async () => undefined, verify: () => new Promise((resolve) => void (answer = resolve)) }
    dying = await createTestCore({ config: { database: app.config.database }, clock: app.clock, secrets: app.secrets, passwords })
    impatient = await raiseBeside({ ...app, config: { ...app.config, databasePatience: 500 } })
  })
  afterAll(async () => {
    await impatient.close()
    await dying.close()
  })

  /** Counted, and being looked at for ever; boxed, or whoever awaits this would await it. */
  async function beginGuess(resident: BoundResident): Promise<{ readonly guess: Promise<unknown> }> {
    const { pin_row: before } = await countsOf(resident)
    const bindings = createBindingsService(dying, createActivityService(dying))
    const guess = bindings.guessPin(resident.bindingId, resident.pin).catch((error: unknown) => error)
    while ((await countsOf(resident)).pin_row === before) await new Promise((resolve) => setTimeout(resolve, 5))
    return { guess }
  }

  test('holds the others up for half a minute, is counted for good, and refuses no right one after it', async () => {
    const resident = await bindResident(askingOf(app, () => impatient.app), desk)
    const token = await resident.session()
    await beginGuess(resident)
    expect(await countsOf(resident)).toMatchObject({ pin_row: 1, pin_failures: 1 })
    const unlock = (pin: string) => resident.client.send({ method: 'POST', path: routes.holder.unlock.path, token, body: { pin } })
    // Not *wrong* and not *paused*: nobody knows yet.
    expect((await unlock(resident.pin)).body['code']).toBe('busy')
    app.clock.advance(30 * second)
    expect((await unlock(wrong(0))).body).toMatchObject({ code: 'pin-wrong', triesLeft: 1 })
    expect(await countsOf(resident)).toMatchObject({ pin_row: 2, pin_failures: 2 })
    expect((await unlock(resident.pin)).status).toBe(200)
  }, 20_000)

  test('three of them pause like three wrong ones', async () => {
    const resident = await bindResident(app, desk)
    for (let i = 0; i < 3; i++) {
      await beginGuess(resident)
      app.clock.advance(30 * second)
    }
    expect((await resident.unlock()).body['code']).toBe('pin-paused')
  })

  test('and that turns out right after it was taken for dead takes back nobody else’s count', async () => {
    const resident = await bindResident(app, desk)
    const { guess } = await beginGuess(resident)
    app.clock.advance(30 * second)
    expect((await resident.unlock(wrong(0))).body['code']).toBe('pin-wrong')
    answer(true)
    expect(await guess).toMatchObject({ code: 'busy' })
    expect(await countsOf(resident)).toMatchObject({ pin_row: 2, pin_failures: 2 })
  })
})

describe('a PIN changed', () => {
  test('three times at once, after the right one each: one is done, the others hear that it is another by now', async () => {
    const resident = await bindResident(servers.both, desk)
    const token = (await resident.unlock()).body['accessToken'] as string
    const newPins = ['918273', '730264', '482915']
    const change = (newPin: string) =>
      resident.client.send({ method: 'POST', path: routes.holder.changePin.path, token, body: { currentPin: resident.pin, newPin } })
    const told = codesOf(await Promise.all(newPins.map(change)))
    expect(told.filter((code) => code === 'done')).toHaveLength(1)
    for (const code of told) expect(['done', 'pin-changed', 'pin-wrong']).toContain(code)
    expect((await resident.unlock(newPins[told.indexOf('done')])).status).toBe(200)
    const { count } = await app.store
      .selectFrom('activity')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('resident_id', '=', resident.residentId)
      .where('kind', '=', 'pin-changed')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(1)
  }, 60_000)

  test('while the old one is being typed: what was right against the old PIN opens nothing under the new one', async () => {
    const resident = await bindResident(app, desk)
    const core = await createTestCore({ config: { database: app.config.database }, clock: app.clock, secrets: app.secrets })
    const bindings = createBindingsService(core, createActivityService(core))
    const guess = { outcome: 'right', pinHash: (await app.store.selectFrom('binding').select('pin_hash').where('id', '=', resident.bindingId).executeTakeFirstOrThrow()).pin_hash } as const
    await resident.asHolder(routes.holder.changePin.path, { currentPin: resident.pin, newPin: '918273' })
    const held = core.store.transaction().execute((work) => bindings.holdGuessed({ work, now: app.clock.now(), announce() {} }, resident.bindingId, guess))
    await expect(held).rejects.toMatchObject({ code: 'pin-changed' })
    await core.close()
  })
})

test('of grants made at once at two servers one lives', async () => {
  const resident = await bindResident(servers.both, desk)
  const token = (await resident.unlock()).body['accessToken'] as string
  const grant = () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const possession = sign('sha256', Buffer.from(token), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    const body = { publicKey: { kty: 'EC', crv: 'P-256', x, y }, possession }
    return resident.client.send({ method: 'POST', path: routes.holder.grant.path, token, body })
  }
  for (let round = 0; round < 3; round++) {
    expect(codesOf(await times(6, grant))).toEqual(Array(6).fill('done'))
    const living = await app.store.selectFrom('presentation_grant').selectAll().where('binding_id', '=', resident.bindingId).where('ended_at', 'is', null).execute()
    expect(living).toHaveLength(1)
    // The database itself takes no second one.
    const [{ handle: _handle, ...row }] = living as [(typeof living)[number]]
    await expect(app.store.insertInto('presentation_grant').values({ ...row, handle: `kedua-${round}` }).execute()).rejects.toThrow(/unique/i)
  }
}, 60_000)
