import type { DeviceStatus } from '@ikd/contract'

/** Where this phone and the person before it stand; every screen is chosen by this. */
export type HolderState =
  | { readonly at: 'starting' }
  /** The phone cannot keep a key: a `KeyStoreError`. */
  | { readonly at: 'no-key-store'; readonly problem: unknown }
  /** A key is here, the server could not be asked. */
  | { readonly at: 'unreachable'; readonly problem: unknown }
  | { readonly at: 'unregistered' }
  /** Registered and not active: *Periksa status*. */
  | { readonly at: 'in-progress'; readonly status: DeviceStatus }
  | { readonly at: 'locked'; readonly status: DeviceStatus }
  | { readonly at: 'open'; readonly status: DeviceStatus }
  /** An officer has blocked this phone, or another has taken its place. */
  | { readonly at: 'shut' }

export function findStatus(state: HolderState): DeviceStatus | undefined {
  return 'status' in state ? state.status : undefined
}

/** Registrations that lead nowhere any more: the phone may start again with a new key. */
const over: ReadonlySet<DeviceStatus['state']> = new Set(['refused', 'cancelled', 'expired', 'blocked'])

/** Also from the lock screen: who has forgotten the PIN is activated anew, and need not type ten wrong ones first. */
export function mayRegisterAgain(state: HolderState): boolean {
  if (state.at === 'shut' || state.at === 'locked') return true
  return state.at === 'in-progress' && (over.has(state.status.state) || state.status.pinLocked === true)
}
