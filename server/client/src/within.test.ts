import { describe, expect, it } from 'vitest'
import { within } from './within.ts'

const late = () => new RangeError('late')

describe('a promise that may never settle', () => {
  it('is given up after its time', async () => {
    await expect(within(10, new Promise<string>(() => {}), late)).rejects.toThrow(RangeError)
  })

  it('is what it becomes, when it settles in time', async () => {
    await expect(within(1_000, Promise.resolve('kept'), late)).resolves.toBe('kept')
    await expect(within(1_000, Promise.reject(new TypeError('forbidden')), late)).rejects.toThrow(TypeError)
  })

  it('makes no noise when it fails after it was given up', async () => {
    const failing = new Promise<string>((_, reject) => setTimeout(() => reject(new TypeError('too late')), 20))
    await expect(within(5, failing, late)).rejects.toThrow(RangeError)
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
})
