import type { Client, SigningKey } from '@ikd/client'
import { type DeviceState, type DeviceStatus, routes } from '@ikd/contract'
import { expect, test } from 'vitest'
import { HolderSession } from './holder-session.ts'

const status = (state: DeviceState) => ({ state }) as DeviceStatus
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A registered phone; each question about its status waits until it is answered by hand. */
async function phone() {
  const questions: ((status: DeviceStatus) => void)[] = []
  const client = {
    call: (route: unknown) => {
      if (route === routes.device.session) return Promise.resolve({ token: { accessToken: 'token' } })
      return new Promise<DeviceStatus>((resolve) => questions.push(resolve))
    },
  } as unknown as Client
  const session = new HolderSession({
    keys: { find: async () => ({}) as CryptoKeyPair, make: async () => ({}) as CryptoKeyPair },
    connect: async () => ({ client, key: {} as SigningKey }),
    clock: { now: () => 0, after: () => () => {} },
    random: (length) => new Uint8Array(length),
  })
  const started = session.start()
  await settled()
  questions.shift()?.(status('awaiting-pin'))
  await started
  return { session, questions }
}

test('an answer older than what the phone has done since changes nothing, and the question is put again', async () => {
  const { session, questions } = await phone()
  const asked = session.refresh()
  await settled()
  await session.advance(async () => status('active'))
  expect(session.state.value).toEqual({ at: 'locked', status: status('active') })
  questions.shift()?.(status('awaiting-pin'))
  await settled()
  expect(session.state.value).toEqual({ at: 'locked', status: status('active') })
  questions.shift()?.(status('suspended'))
  await asked
  expect(session.state.value).toEqual({ at: 'in-progress', status: status('suspended') })
})

test('of two questions the one put last counts, whichever is answered first', async () => {
  const { session, questions } = await phone()
  void session.refresh()
  void session.refresh()
  await settled()
  questions[1]?.(status('active'))
  await settled()
  questions[0]?.(status('awaiting-pin'))
  await settled()
  expect(session.state.value).toEqual({ at: 'locked', status: status('active') })
})
