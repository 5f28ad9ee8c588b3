import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { beforeEach, expect, it } from 'vitest'
import { channelNames, wireName } from '../ipc/contract.ts'
import { answerChannels, type Handlers, IpcRefusal, isCounterUrl } from './ipc.ts'

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

let wire: Map<string, Listener>
let surprises: unknown[]
const mainFrame = { url: 'ikd://counter/#/pindai', parent: null }
const contents = { mainFrame } as unknown as WebContents

const handlers: Handlers = {
  startup: async () => ({ serverUrl: 'http://localhost:3000' }),
  workstationKey: async () => ({ store: 'none', reason: 'no-encryption' }),
  signProof: async () => {
    throw new IpcRefusal('proof-refused')
  },
  printPage: async () => {
    throw new Error('printer on fire, with details')
  },
  health: async () => ({ nonsense: true }) as never,
  openCustomerDisplay: async () => ({ display: 'second' }),
}

beforeEach(() => {
  wire = new Map()
  surprises = []
  answerChannels({
    ipcMain: { handle: (name, listener) => void wire.set(name, listener as Listener) },
    ownContents: () => contents,
    handlers,
    onSurprise: (_channel, error) => surprises.push(error),
  })
})

function send(name: string, args: unknown[], event: object = { sender: contents, senderFrame: mainFrame }): Promise<unknown> {
  const listener = wire.get(name)
  if (!listener) throw new Error(`no handler for ${name}`)
  return Promise.resolve(listener(event as IpcMainInvokeEvent, ...args))
}

it('answers every channel of the contract and no other', () => {
  expect([...wire.keys()].sort()).toEqual(channelNames.map(wireName).sort())
})

it('answers our own main frame', async () => {
  await expect(send('ikd:startup', [{}])).resolves.toEqual({ ok: true, value: { serverUrl: 'http://localhost:3000' } })
})

it.each([
  ['a frame inside our page', { sender: contents, senderFrame: { url: 'ikd://counter/', parent: mainFrame } }],
  ['another window', { sender: { mainFrame } as unknown, senderFrame: mainFrame }],
  ['a frame that is gone', { sender: contents, senderFrame: null }],
])('refuses %s', async (_who, event) => {
  await expect(send('ikd:startup', [{}], event)).resolves.toEqual({ ok: false, problem: 'sender-refused' })
})

it('refuses our main frame once it shows another origin', async () => {
  const elsewhere = { url: 'https://example.org/', parent: null }
  const moved = { mainFrame: elsewhere } as unknown as WebContents
  answerChannels({ ipcMain: { handle: (name, listener) => void wire.set(name, listener as Listener) }, ownContents: () => moved, handlers, onSurprise: () => undefined })
  await expect(send('ikd:startup', [{}], { sender: moved, senderFrame: elsewhere })).resolves.toEqual({ ok: false, problem: 'sender-refused' })
})

it.each([[[]], [[undefined]], [[null]], [['x']], [[{ more: 1 }]], [[{}, {}]]])('refuses malformed arguments %j', async (args) => {
  await expect(send('ikd:startup', args)).resolves.toEqual({ ok: false, problem: 'request-malformed' })
})

it('says a refusal by its code and a surprise without its detail', async () => {
  await expect(send('ikd:signProof', [{ signingInput: 'aaaaaaaaaaaaaaaa.bbbb' }])).resolves.toEqual({ ok: false, problem: 'proof-refused' })
  await expect(send('ikd:printPage', [{}])).resolves.toEqual({ ok: false, problem: 'failed' })
  expect(surprises).toHaveLength(1)
})

it('lets no answer out that the contract does not know', async () => {
  await expect(send('ikd:health', [{}])).resolves.toEqual({ ok: false, problem: 'failed' })
})

it('knows its own addresses from those that look alike', () => {
  expect(isCounterUrl('ikd://counter/#/pindai')).toBe(true)
  for (const url of ['ikd://counter.evil/', 'ikd://counter:1/', 'https://counter/', 'ikd:counter', 'file:///counter', 'data:text/html,x', '']) {
    expect(isCounterUrl(url), url).toBe(false)
  }
})
