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

test('a phone the server shut out says why; blocked, not suspended, may begin again', () => {
  expect(decide('/beranda', { at: 'shut', code: 'device-blocked' }, false)).toEqual({ gate: 'shut' })
  expect(decide('/daftar', { at: 'shut', code: 'device-blocked' }, false)).toEqual({ gate: 'welcome' })
  expect(decide('/daftar', { at: 'shut', code: 'device-suspended' }, true)).toEqual({ gate: 'shut' })
})

test('an active phone asks for the PIN first, then shows what was asked for', () => {
  expect(decide('/ktp', { at: 'locked', status: status('active') }, false)).toEqual({ gate: 'lock' })
  expect(decide('/ktp', { at: 'open', status: status('active') }, false)).toEqual({ destination: 'ktp' })
})

test.each(['/', '/status', '/daftar', '/nowhere'])('%s leads an unlocked phone home', (path) => {
  expect(decide(path, { at: 'open', status: status('active') }, true)).toEqual({ destination: 'home' })
})

test('the link of the e-mail and the institutions’ counter need no binding', () => {
  expect(decide('/aktivasi', { at: 'starting' }, false)).toEqual({ destination: 'activation' })
  expect(decide('/lembaga', { at: 'unreachable', problem: undefined }, false)).toEqual({ destination: 'institution' })
})
