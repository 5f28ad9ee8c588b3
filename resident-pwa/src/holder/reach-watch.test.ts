import { expect, test } from 'vitest'
import type { HolderState } from './holder-state.ts'
import { Observed } from './observed.ts'
import { watchReach } from './reach-watch.ts'

/** A phone before a server that answers or not, its clock moved by hand. */
function stage() {
  const state = new Observed<HolderState>({ at: 'starting' })
  const page = new EventTarget()
  const planned: { readonly at: number; readonly act: () => void }[] = []
  let now = 0
  let tries = 0
  let reachable = false
  const stand = async () => {
    tries++
    if (reachable) state.set({ at: 'unregistered' })
    else if (state.value.at === 'starting') state.set({ at: 'unreachable', problem: undefined })
  }
  const session = {
    state,
    tryAgain: stand,
    start: () => {
      state.set({ at: 'starting' })
      return stand()
    },
  }
  const clock = {
    now: () => now,
    after(ms: number, act: () => void) {
      const plan = { at: now + ms, act }
      planned.push(plan)
      return () => void (planned.includes(plan) && planned.splice(planned.indexOf(plan), 1))
    },
  }
  watchReach(session, clock, page)
  return {
    state,
    session,
    page,
    tries: () => tries,
    reach: () => (reachable = true),
    async pass(ms: number) {
      const until = now + ms
      for (let next = planned[0]; next && next.at <= until; next = planned[0]) {
        planned.shift()
        now = next.at
        next.act()
        await new Promise(setImmediate)
      }
      now = until
    },
  }
}

test('a server that was away is asked again without a word from the phone’s network, in pauses up to a minute', async () => {
  const { session, state, pass, tries, reach } = stage()
  await session.start()
  expect(state.value.at).toBe('unreachable')
  for (const [passed, count] of [[4_999, 1], [1, 2], [9_999, 2], [1, 3], [20_000, 4], [40_000, 5], [60_000, 6], [59_999, 6], [1, 7]] as const) {
    await pass(passed)
    expect(tries()).toBe(count)
  }
  reach()
  await pass(60_000)
  expect(state.value.at).toBe('unregistered')
  await pass(600_000)
  expect(tries()).toBe(8)
})

test('nothing on the screen changes while it is asked again', async () => {
  const { session, state, pass } = stage()
  await session.start()
  const seen: string[] = []
  state.subscribe(({ at }) => seen.push(at))
  await pass(120_000)
  expect(seen).toEqual([])
})

test('the phone’s own word that its network is back is heeded at once', async () => {
  const { session, state, page, reach } = stage()
  await session.start()
  reach()
  page.dispatchEvent(new Event('online'))
  await new Promise(setImmediate)
  expect(state.value.at).toBe('unregistered')
})
