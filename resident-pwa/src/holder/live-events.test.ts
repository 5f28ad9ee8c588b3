import type { Client, StreamOptions } from '@ikd/client'
import { describe, expect, it } from 'vitest'
import type { HolderSession } from './holder-session.ts'
import type { HolderState } from './holder-state.ts'
import { LiveEvents } from './live-events.ts'
import { Observed } from './observed.ts'

type Stream = StreamOptions<{ type: 'status' | 'scanned' }>

/** A phone whose page, clock and stream are moved by hand. */
function phone() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const window = Object.assign(new EventTarget(), { document }) as unknown as Window
  let now = 1_000
  const streams: Stream[] = []
  const client = { stream: (_: unknown, options: Stream) => new Promise<void>((resolve) => (streams.push(options), options.signal.addEventListener('abort', () => resolve()))) } as unknown as Client
  let refreshed = 0
  const session = {
    state: new Observed<HolderState>({ at: 'starting' }),
    asDevice: (act: (client: Client, token: string) => Promise<unknown>) => act(client, 'token'),
    freshDeviceToken: async () => 'token',
    refresh: async () => void (refreshed += 1),
  } as unknown as HolderSession
  const live = new LiveEvents(session, { now: () => now, after: () => () => {} }, window)
  const heard: string[] = []
  for (const name of ['scanned', 'missed', 'hidden-before']) live.addEventListener(name, () => heard.push(name))
  session.state.set({ at: 'open', status: { state: 'active' } } as unknown as HolderState)
  return {
    live, heard, streams, window,
    refreshed: () => refreshed,
    pass: (ms: number) => (now += ms),
    become: (state: DocumentVisibilityState) => {
      document.visibilityState = state
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('what happens while nobody is told', () => {
  it('is looked for when the app comes back into sight, and again when its stream is open', async () => {
    const { live, heard, streams, become, pass, refreshed } = phone()
    streams[0]?.onState?.('open')
    heard.length = 0
    become('hidden')
    expect(streams[0]?.signal.aborted).toBe(true)
    expect(live.missedSince).toBe(1_000)
    pass(30_000)
    become('visible')
    // At once, before any network has answered: what stands on the screen may be spent.
    expect(heard).toEqual(['hidden-before'])
    await settled()
    expect(heard).toEqual(['hidden-before', 'missed'])
    const before = refreshed()
    streams[1]?.onState?.('open')
    expect(heard).toEqual(['hidden-before', 'missed', 'missed'])
    expect(refreshed()).toBe(before + 1)
    expect(live.missedSince).toBe(1_000)
  })

  it('counts from the first moment on, until somebody has looked', () => {
    const { live, streams, pass } = phone()
    streams[0]?.onState?.('reconnecting')
    pass(5_000)
    streams[0]?.onState?.('reconnecting')
    expect(live.missedSince).toBe(1_000)
    live.caughtUp(undefined)
    expect(live.missedSince).toBe(1_000)
    live.caughtUp(1_000)
    expect(live.missedSince).toBeUndefined()
  })

  it('is looked for when the page comes out of the back-forward cache, to the front or onto the network', async () => {
    const { heard, window } = phone()
    for (const sign of ['pageshow', 'focus', 'online']) {
      window.dispatchEvent(new Event(sign))
      await settled()
    }
    expect(heard.filter((name) => name === 'missed')).toHaveLength(3)
  })
})
