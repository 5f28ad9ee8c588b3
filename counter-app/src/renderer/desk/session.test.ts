import { type Client, NetworkError } from '@ikd/client'
import { DomainError, type Route, type StaffSession, type Workstation } from '@ikd/contract'
import { beforeEach, expect, it } from 'vitest'
import { DeskSession } from './session.ts'

const workstation: Workstation = { id: 'w', label: 'Loket 1', office: { id: 'o', name: 'Disdukcapil' }, powers: ['activate'] }
let answers: Record<string, () => unknown>
let calls: string[]
let timers: { ms: number; run: () => void }[]
let now: number
let session: DeskSession

const staffSession = (accessToken: string, expiresAt: number): StaffSession => ({
  token: { accessToken, expiresAt },
  staff: { id: 's', name: 'Sri', username: 'petugas', role: 'officer' },
  workstation,
  factor: 'totp',
  newFactors: [],
})
const demand = { needs: 'second-factor', ticket: 'a.b', kinds: ['totp'] } as const
async function signIn(): Promise<void> {
  expect(await session.signIn('petugas', 'x')).toEqual(demand)
  await session.prove({ ticket: demand.ticket, totp: '123456' })
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

beforeEach(() => {
  answers = { 'staff.workstation': () => workstation, 'staff.signIn': () => demand, 'staff.secondFactor': () => staffSession('first', now + 900_000) }
  calls = []
  timers = []
  now = 1_000_000
  const client = {
    call: async (route: Route) => {
      calls.push(route.id)
      const answer = answers[route.id]?.()
      if (answer instanceof Error) throw answer
      return answer
    },
    stream: async () => undefined,
  } as unknown as Client
  session = new DeskSession(client, () => now, {
    after(ms, run) {
      const timer = { ms, run }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  })
})

it('knows an enrolled workstation, an unknown one, and an unreachable server apart', async () => {
  await session.start()
  expect(session.state.value).toEqual({ kind: 'signed-out', workstation })
  answers['staff.workstation'] = () => new DomainError('workstation-unknown')
  await session.start()
  expect(session.state.value).toEqual({ kind: 'not-enrolled' })
  answers['staff.workstation'] = () => new NetworkError('offline')
  await session.start()
  expect(session.state.value.kind).toBe('unreachable')
})

it('renews quietly at two thirds of the token’s life', async () => {
  await session.start()
  await signIn()
  expect(timers.map(({ ms }) => ms)).toEqual([600_000])
  answers['staff.renew'] = () => staffSession('second', now + 900_000)
  timers.shift()?.run()
  await settle()
  expect(session.token()).toBe('second')
  expect(timers).toHaveLength(1)
})

it('renews in time even when this PC’s clock is a day wrong', async () => {
  await session.start()
  for (const wrong of [86_400_000, -86_400_000]) {
    answers['staff.secondFactor'] = () => staffSession('first', now + 900_000 + wrong)
    session.expire()
    await signIn()
    const { ms } = timers.at(-1) ?? { ms: 0 }
    expect(ms).toBeGreaterThanOrEqual(20_000)
    expect(ms).toBeLessThanOrEqual(600_000)
  }
})

it('tries the renewal again when the network is away, and asks for the password when the server refuses', async () => {
  await session.start()
  await signIn()
  answers['staff.renew'] = () => new NetworkError('offline')
  timers.shift()?.run()
  await settle()
  expect(session.state.value.kind).toBe('signed-in')
  answers['staff.renew'] = () => new DomainError('token-expired')
  timers.shift()?.run()
  await settle()
  expect(session.state.value.kind).toBe('locked')
  expect(() => session.token()).toThrow(DomainError)
})

it('is signed out at once, even when the server cannot be told', async () => {
  await session.start()
  await signIn()
  answers['staff.signOut'] = () => new NetworkError('offline')
  await session.signOut()
  expect(session.state.value.kind).toBe('signed-out')
  expect(timers).toEqual([])
})

it('lets a renewal that comes back after signing out change nothing', async () => {
  await session.start()
  await signIn()
  answers['staff.renew'] = () => staffSession('late', now + 900_000)
  const renewal = timers[0]
  await session.signOut()
  renewal?.run()
  await settle()
  expect(session.state.value.kind).toBe('signed-out')
})

it('is not in before the second step, and the password alone gives no token', async () => {
  await session.start()
  expect(await session.signIn('petugas', 'x')).toEqual(demand)
  expect(session.state.value.kind).toBe('signed-out')
  expect(() => session.token()).toThrow(DomainError)
  answers['staff.secondFactor'] = () => new DomainError('factor-wrong')
  await expect(session.prove({ ticket: demand.ticket, totp: '000000' })).rejects.toMatchObject({ code: 'factor-wrong' })
  expect(session.state.value.kind).toBe('signed-out')
})

it('locked by hand, ends the session on the server and keeps who it was', async () => {
  await session.start()
  await signIn()
  await session.lock('asked')
  expect(session.state.value).toMatchObject({ kind: 'locked', why: 'asked', session: { staff: { username: 'petugas' } } })
  expect(calls).toContain('staff.signOut')
  expect(timers).toEqual([])
  expect(() => session.token()).toThrow(DomainError)
  await signIn()
  expect(session.state.value.kind).toBe('signed-in')
})

it('by a setup code it is set up first, and becomes a full session only when the server says so', async () => {
  await session.start()
  answers['staff.secondFactor'] = () => ({ ...staffSession('setup', now + 900_000), factor: 'setup-code' })
  await signIn()
  expect(session.state.value.kind).toBe('setting-up')
  answers['staff.renew'] = () => ({ ...staffSession('still', now + 900_000), factor: 'setup-code' })
  await session.finishSetup()
  expect(session.state.value.kind).toBe('setting-up')
  answers['staff.renew'] = () => staffSession('full', now + 900_000)
  await session.finishSetup()
  expect(session.state.value.kind).toBe('signed-in')
  expect(session.token()).toBe('full')
})

it('a setup session that ends begins again at the door', async () => {
  await session.start()
  answers['staff.secondFactor'] = () => ({ ...staffSession('setup', now + 900_000), factor: 'setup-code' })
  await signIn()
  session.expire()
  expect(session.state.value.kind).toBe('signed-out')
})

it('a wrong password is a wrong password; a workstation that was revoked is to be enrolled anew', async () => {
  await session.start()
  answers['staff.signIn'] = () => new DomainError('sign-in-wrong')
  await expect(session.signIn('petugas', 'x')).rejects.toMatchObject({ code: 'sign-in-wrong' })
  expect(session.state.value.kind).toBe('signed-out')
  answers['staff.workstation'] = () => new DomainError('workstation-unknown')
  await expect(session.signIn('petugas', 'x')).rejects.toMatchObject({ code: 'sign-in-wrong' })
  expect(session.state.value.kind).toBe('not-enrolled')
})

it('so it is when the server asks this key for a robot check, as it does no workstation', async () => {
  await session.start()
  answers['staff.signIn'] = () => new DomainError('robot-check-needed', { effort: 1 })
  answers['staff.workstation'] = () => new DomainError('workstation-unknown')
  await expect(session.signIn('petugas', 'x')).rejects.toMatchObject({ code: 'robot-check-needed' })
  expect(session.state.value.kind).toBe('not-enrolled')
})

it('refreshed, tells what the server has to tell now', async () => {
  await session.start()
  await signIn()
  const added = { id: 'f', kind: 'totp', label: 'Ponsel', addedAt: 1, workstation: 'Loket 2' } as const
  answers['staff.renew'] = () => ({ ...staffSession('second', now + 900_000), newFactors: [added] })
  await session.refresh()
  expect(session.state.value).toMatchObject({ kind: 'signed-in', session: { newFactors: [added] } })
  expect(session.token()).toBe('second')
  expect(timers).toHaveLength(1)
})
