import { describe, expect, it } from 'vitest'
import { watchReturns } from './returns.ts'

function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const become = (state: DocumentVisibilityState) => {
    document.visibilityState = state
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { window: Object.assign(new EventTarget(), { document }), become }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a page that comes back', () => {
  it.each(['pageshow', 'focus', 'online'])('is told of by %s', async (sign) => {
    const { window } = page()
    let returns = 0
    watchReturns(() => (returns += 1), window)
    window.dispatchEvent(new Event(sign))
    await settled()
    expect(returns).toBe(1)
  })

  it('is told of when it is seen, not when it goes out of sight', async () => {
    const { window, become } = page()
    let returns = 0
    watchReturns(() => (returns += 1), window)
    become('hidden')
    window.dispatchEvent(new Event('online'))
    await settled()
    expect(returns).toBe(0)
    become('visible')
    await settled()
    expect(returns).toBe(1)
  })

  it('is told of once for several signs, and no more once it is over', async () => {
    const { window, become } = page()
    let returns = 0
    const stop = watchReturns(() => (returns += 1), window)
    become('visible')
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(returns).toBe(1)
    stop()
    become('visible')
    window.dispatchEvent(new Event('focus'))
    await settled()
    expect(returns).toBe(1)
  })
})
