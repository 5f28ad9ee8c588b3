import { describe, expect, it } from 'vitest'
import { joinSignals } from './join-signals.ts'

describe('signals joined into one', () => {
  it('abort with the first that does, for its reason', () => {
    const [one, other] = [new AbortController(), new AbortController()]
    const { signal } = joinSignals(one.signal, other.signal)
    expect(signal.aborted).toBe(false)
    other.abort(new RangeError('other'))
    one.abort(new TypeError('one'))
    expect(signal.reason).toBeInstanceOf(RangeError)
  })

  it('are aborted already when one of them is', () => {
    const over = AbortSignal.abort(new RangeError('over'))
    expect(joinSignals(new AbortController().signal, over).signal.reason).toBe(over.reason)
  })

  it('hear of the end of their time', async () => {
    const { signal } = joinSignals(new AbortController().signal, AbortSignal.timeout(5))
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  it('are left alone once released', () => {
    const long = new AbortController()
    const { signal, release } = joinSignals(long.signal, new AbortController().signal)
    release()
    long.abort()
    expect(signal.aborted).toBe(false)
  })
})
