import { expect, it } from 'vitest'
import { PendingKeys } from './pending-keys.ts'

class Lost extends Error {}
class Refused extends Error {}

function keys() {
  let made = 0
  return new PendingKeys(() => `key-${++made}`, (error) => error instanceof Lost)
}
const lose = (key: string) => Promise.reject(new Lost(key))

it('repeats an unanswered intention under its first key', async () => {
  const pending = keys()
  await expect(pending.run('record', lose)).rejects.toThrow('key-1')
  await expect(pending.run('record', async (key) => key)).resolves.toBe('key-1')
})

it('takes a new key after an answer, be it yes or no', async () => {
  const pending = keys()
  await pending.run('record', async () => undefined)
  await expect(pending.run('record', () => Promise.reject(new Refused()))).rejects.toThrow(Refused)
  await expect(pending.run('record', async (key) => key)).resolves.toBe('key-3')
})

it('keeps different intentions apart', async () => {
  const pending = keys()
  await expect(pending.run('a', lose)).rejects.toThrow('key-1')
  await expect(pending.run('b', async (key) => key)).resolves.toBe('key-2')
})
