import type { DeviceState, DeviceStatus } from '@ikd/contract'
import { expect, test } from 'vitest'
import { decide } from './decide.ts'

const status = (state: DeviceState): DeviceStatus => ({
  state,
  registrationId: '01890a5d-ac96-774b-bcce-b302099a8057',
  registeredAt: 0,
  receiptCode: 'ABCD-2345',
  emailMasked: 's•••@contoh.id',
  phoneMasked: '+62•••890',
})

test('a new phone is welcomed, and registers only after consent', () => {
  expect(decide('/', { at: 'unregistered' }, false)).toEqual({ gate: 'welcome' })
  expect(decide('/daftar', { at: 'unregistered' }, false)).toEqual({ gate: 'welcome' })
  expect(decide('/daftar', { at: 'unregistered' }, true)).toEqual({ gate: 'register' })
})

test.each(['registered', 'at-desk', 'in-review', 'approved', 'link-opened', 'link-confirmed', 'awaiting-pin', 'suspended'] as const)(
  'a phone that is %s sees its status wherever it goes',
  (state) => {
    expect(decide('/ktp', { at: 'in-progress', status: status(state) }, true)).toEqual({ gate: 'status' })
    expect(decide('/daftar', { at: 'in-progress', status: status(state) }, true)).toEqual({ gate: 'status' })
  },
)

test.each(['refused', 'cancelled', 'expired', 'blocked'] as const)('a phone that is %s may register again', (state) => {
  expect(decide('/', { at: 'in-progress', status: status(state) }, true)).toEqual({ gate: 'status' })
  expect(decide('/daftar', { at: 'in-progress', status: status(state) }, true)).toEqual({ gate: 'register' })
})

test('a blocked phone says why, and may begin again', () => {
  expect(decide('/beranda', { at: 'shut' }, false)).toEqual({ gate: 'shut' })
  expect(decide('/daftar', { at: 'shut' }, false)).toEqual({ gate: 'welcome' })
})

test('whoever has forgotten the PIN, or locked it, may register this phone again', () => {
  expect(decide('/daftar', { at: 'locked', status: status('active') }, false)).toEqual({ gate: 'welcome' })
  expect(decide('/daftar', { at: 'locked', status: status('active') }, true)).toEqual({ gate: 'register' })
  expect(decide('/daftar', { at: 'in-progress', status: { ...status('suspended'), pinLocked: true } }, true)).toEqual({ gate: 'register' })
  expect(decide('/', { at: 'in-progress', status: { ...status('suspended'), pinLocked: true } }, true)).toEqual({ gate: 'status' })
})

test('an active phone asks for the PIN first, then shows what was asked for', () => {
  expect(decide('/ktp', { at: 'locked', status: status('active') }, false)).toEqual({ gate: 'lock' })
  expect(decide('/ktp', { at: 'open', status: status('active') }, false)).toEqual({ destination: 'ktp' })
})

test.each(['/', '/status', '/daftar', '/nowhere'])('%s leads an unlocked phone home', (path) => {
  expect(decide(path, { at: 'open', status: status('active') }, true)).toEqual({ destination: 'home' })
})

test.each([
  ['/aktivasi', 'activation'],
  ['/tangguhkan', 'suspend'],
  ['/kontak', 'contactLink'],
  ['/lembaga', 'institution'],
] as const)('%s needs no binding, wherever this browser’s own phone stands', (path, destination) => {
  for (const state of [{ at: 'starting' }, { at: 'unreachable', problem: undefined }, { at: 'shut' }, { at: 'locked', status: status('active') }, { at: 'open', status: status('active') }] as const) {
    expect(decide(path, state, false)).toEqual({ destination })
  }
})
