import type { Client, StreamOptions } from '@ikd/client'
import { expect, test } from 'vitest'
import { LiveCases } from './live-cases.ts'
import { Observed } from './observed.ts'
import type { DeskSession } from './session.ts'

test('a desk that comes back into sight looks at everything again, but only while somebody is signed in', () => {
  const state = new Observed<{ kind: string }>({ kind: 'signed-out' })
  const streams: StreamOptions<unknown>[] = []
  const client = { stream: (_: unknown, options: StreamOptions<unknown>) => (streams.push(options), new Promise<void>(() => {})) } as unknown as Client
  const live = new LiveCases(client, { state, token: () => 'token' } as unknown as DeskSession)
  const hints: unknown[] = []
  let alerts = 0
  live.listen((hint) => hints.push(hint))
  live.listenToAlerts(() => (alerts += 1))

  live.lookAgain()
  expect([hints, alerts]).toEqual([[], 0])

  state.set({ kind: 'signed-in' })
  expect(streams).toHaveLength(1)
  live.lookAgain()
  expect([hints, alerts]).toEqual([['all'], 1])
})
