import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openNetworks, type Candidate } from './guide-networks.ts'

/** A machine whose card is always the faster one: what runs on it, and the way to break it. */
function machine() {
  const log: string[] = []
  let [clock, running] = [0, '']
  let lose: (error: Error) => void = () => {}
  const candidate = (name: string, lost: Promise<never>): Candidate => ({
    name,
    open: () => ({
      lost,
      async use() {
        running = name
      },
      stop: () => log.push(`${name} stopped`),
    }),
  })
  const card = candidate('card', new Promise<never>((_, reject) => (lose = reject)))
  const open = (candidates: readonly Candidate[] = [card], loading = async () => {}) =>
    openNetworks([candidate('sure', new Promise(() => {})), ...candidates], () => loading().then(() => `networks on ${running}`), {
      async look(networks) {
        clock += networks.endsWith('card') ? 5 : 50
        return [1]
      },
      now: () => clock,
      after: () => new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), 20)),
    })
  return { log, open, card, candidate, lose: () => lose(new Error('the card is gone')), running: () => running }
}

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())
const say = async (networks: string) => networks

test('work is done where it is fastest', async () => {
  const { open } = machine()
  const guide = await open()
  expect(guide.chosen).toBe('card')
  expect(await guide.run(say)).toBe('networks on card')
})

test('work that was under way when the card is lost, and would never end, is done anew on the sure one, as is all that follows', async () => {
  const { open, lose, log, running } = machine()
  const guide = await open()
  const answer = guide.run((networks) => (networks.endsWith('card') ? new Promise<string>(() => {}) : say(networks)))
  lose()
  expect(await answer).toBe('networks on sure')
  expect(await guide.run(say)).toBe('networks on sure')
  expect(running()).toBe('sure')
  expect(log).toEqual(['card stopped'])
  expect(console.warn).toHaveBeenCalledTimes(1)
})

test('a card that is lost between two looks, or fails in one, ends nothing either', async () => {
  const [between, within] = [machine(), machine()]
  const one = await between.open()
  between.lose()
  expect(await one.run(say)).toBe('networks on sure')
  const other = await within.open()
  const work = async (networks: string) => {
    if (networks.endsWith('card')) throw new Error('out of memory')
    return networks
  }
  expect(await other.run(work)).toBe('networks on sure')
})

test('what fails on the sure one fails', async () => {
  const { open } = machine()
  const guide = await open([])
  await expect(guide.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('a card that opens after its time is given back and takes nobody’s place', async () => {
  const { open, candidate, log, running } = machine()
  let arrive = () => {}
  const late: Candidate = {
    name: 'late card',
    open: () => new Promise((resolve) => (arrive = () => resolve(candidate('late card', new Promise(() => {})).open()))),
  }
  const guide = await open([late])
  expect(guide.chosen).toBe('sure')
  arrive()
  await vi.waitFor(() => expect(log).toEqual(['late card stopped']))
  expect(running()).toBe('sure')
  expect(await guide.run(say)).toBe('networks on sure')
})

test('a card whose networks come after its time is given back too', async () => {
  const { open, log, running } = machine()
  let arrive = () => {}
  const guide = await open(undefined, () => (running() === 'card' ? new Promise((resolve) => (arrive = resolve)) : Promise.resolve()))
  expect(guide.chosen).toBe('sure')
  arrive()
  await vi.waitFor(() => expect(log).toEqual(['card stopped']))
  expect(await guide.run(say)).toBe('networks on sure')
})

test('of several cards those not chosen are given back', async () => {
  const { open, card, candidate, log } = machine()
  await open([candidate('slow', new Promise(() => {})), card])
  expect(log).toEqual(['slow stopped'])
})
