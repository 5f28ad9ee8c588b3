import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Challenge, createChallenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'
import { deriveKey as deriveKeyInBrowsers } from 'altcha-lib/algorithms/web/sha'
import { minute } from '../../clock.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { type CaptchaService, createCaptchaService } from './service.ts'

let core: TestCore
let captcha: CaptchaService

beforeAll(async () => {
  core = await createTestCore()
  captcha = createCaptchaService(core)
})
afterAll(() => core.close())

const spend = async (payload: string) => {
  const solved = await captcha.verify(payload)
  await core.store.transaction().execute((work) => captcha.spend({ work, now: core.clock.now(), announce: () => undefined }, solved))
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
/** As `captcha.challenge()` makes it, but found at the third hash instead of the twenty-thousandth. */
const fresh = () =>
  createChallenge({
    algorithm: 'SHA-256',
    cost: 1,
    counter: 3,
    data: { until: core.clock.now() + 10 * minute },
    deriveKey,
    hmacSignatureSecret: core.secrets.derive('captcha').toString('base64url'),
    hmacKeySignatureSecret: core.secrets.derive('captcha solution').toString('base64url'),
  })
const real = async () => (await captcha.challenge()) as unknown as Challenge

async function solved(challenge: Challenge, derive = deriveKey) {
  const solution = await solveChallenge({ challenge, deriveKey: derive })
  if (!solution) throw new Error('unsolved')
  return { challenge, solution }
}

it('takes a challenge solved with what browsers have', async () => {
  await spend(encode(await solved(await real(), deriveKeyInBrowsers)))
})

it('takes a challenge once, however its solution is spelt', async () => {
  const answer = await solved(await fresh())
  await spend(encode(answer))
  await expect(spend(encode(answer))).rejects.toMatchObject({ code: 'captcha-spent' })
  const respelt = { solution: { ...answer.solution, counter: 1, time: 7 }, challenge: answer.challenge, more: true }
  await expect(spend(encode(respelt))).rejects.toMatchObject({ code: 'captcha-spent' })
})

it('lets exactly one of many at the same time through', async () => {
  const payload = encode(await solved(await fresh()))
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => spend(payload)))
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
})

it('does not count a challenge as spent when the request it came with fails', async () => {
  const payload = encode(await solved(await fresh()))
  const failing = core.store.transaction().execute(async (work) => {
    await captcha.spend({ work, now: core.clock.now(), announce: () => undefined }, await captcha.verify(payload))
    throw new Error('something else')
  })
  await expect(failing).rejects.toThrow('something else')
  await spend(payload)
})

it('refuses an answer after ten minutes by our clock', async () => {
  const answer = await solved(await fresh())
  core.clock.advance(10 * minute)
  await expect(spend(encode(answer))).rejects.toMatchObject({ code: 'captcha-wrong' })
})

it('takes an answer just before ten minutes are over', async () => {
  const answer = await solved(await fresh())
  core.clock.advance(10 * minute - 1)
  await spend(encode(answer))
})

it('forgets what was spent once it could not be spent again', async () => {
  for (let i = 0; i < 2; i++) await spend(encode(await solved(await fresh())))
  core.clock.advance(11 * minute)
  await spend(encode(await solved(await fresh())))
  expect(await core.store.selectFrom('captcha_spent').selectAll().execute()).toHaveLength(1)
})

it('refuses altered challenges', async () => {
  const { challenge, solution } = await solved(await fresh())
  const { parameters, signature } = challenge
  const altered = [
    { parameters: { ...parameters, data: { until: Number.MAX_SAFE_INTEGER } }, signature },
    { parameters: { ...parameters, nonce: '00'.repeat(16) }, signature },
    { parameters: { ...parameters, keyPrefix: '00' }, signature },
    { parameters: { ...parameters, cost: 0 }, signature },
    { parameters: { ...parameters, keySignature: undefined }, signature },
    { parameters: { ...parameters, expiresAt: 1 }, signature },
    { parameters, signature: '0'.repeat(64) },
    { parameters, signature: '' },
    { parameters },
  ]
  for (const one of altered) await expect(spend(encode({ challenge: one, solution })), JSON.stringify(one)).rejects.toMatchObject({ code: 'captcha-wrong' })
})

it('refuses unsolved challenges', async () => {
  const challenge = await fresh()
  const { derivedKey } = (await solved(challenge)).solution
  const guesses = [
    { counter: 0, derivedKey: challenge.parameters.keyPrefix },
    { counter: 0, derivedKey: derivedKey.slice(0, -2) },
    { counter: 0, derivedKey: derivedKey.toUpperCase() },
    { counter: -1, derivedKey },
    { counter: '1', derivedKey },
    { counter: 0, derivedKey: { length: 64 } },
    { counter: 0 },
    {},
  ]
  for (const solution of guesses) await expect(spend(encode({ challenge, solution })), JSON.stringify(solution)).rejects.toMatchObject({ code: 'captcha-wrong' })
})

it('refuses a challenge signed with another key, or with none', async () => {
  const options = { algorithm: 'SHA-256', cost: 1, counter: 3, data: { until: core.clock.now() + minute }, deriveKey }
  const foreign = await createChallenge({ ...options, hmacSignatureSecret: 'theirs', hmacKeySignatureSecret: 'theirs too' })
  for (const challenge of [foreign, await createChallenge(options)]) {
    await expect(spend(encode(await solved(challenge)))).rejects.toMatchObject({ code: 'captcha-wrong' })
  }
})

it('refuses garbage without falling over', async () => {
  const deep = `{"challenge":{"parameters":${'{"a":'.repeat(500)}1${'}'.repeat(500)},"signature":"00"},"solution":{}}`
  const garbage = [
    'x', '%%%', 'null', encode(null), encode([]), encode('text'), encode({}), encode({ challenge: [], solution: [] }), encode({ challenge: {}, solution: {} }),
    encode({ challenge: { parameters: null, signature: 'x' }, solution: {} }), encode({ challenge: { parameters: { __proto__: null }, signature: 'é' }, solution: null }),
    Buffer.from(deep).toString('base64'), Buffer.from([0xff, 0xfe, 0x00]).toString('base64'),
  ]
  for (const payload of garbage) await expect(spend(payload), payload).rejects.toMatchObject({ code: 'captcha-wrong' })
})

it('asks for between twelve and thirty-six thousand hashes', async () => {
  for (let round = 0; round < 5; round++) {
    const { solution } = await solved(await real())
    expect(solution.counter).toBeGreaterThanOrEqual(12_000)
    expect(solution.counter).toBeLessThanOrEqual(36_000)
  }
})

it('asks for four times as many with each further effort, and knows afterwards how many it asked for', async () => {
  const challenge = (await captcha.challenge(2)) as unknown as Challenge
  const { solution } = await solved(challenge)
  expect(solution.counter).toBeGreaterThanOrEqual(48_000)
  expect(solution.counter).toBeLessThanOrEqual(144_000)
  expect(await captcha.verify(encode({ challenge, solution }))).toMatchObject({ effort: 2 })
  const easy = await solved(await fresh())
  // What it says of itself is signed.
  const { parameters, signature } = easy.challenge
  const boasted = { ...easy, challenge: { parameters: { ...parameters, data: { ...parameters.data, effort: 3 } }, signature } }
  await expect(captcha.verify(encode(boasted))).rejects.toMatchObject({ code: 'captcha-wrong' })
})
