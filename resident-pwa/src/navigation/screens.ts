import type { Destination, GateName, Place } from './decide.ts'

/** Loads a screen's element and answers with its tag. One line each. */
const gates: Record<GateName, () => Promise<string>> = {
  starting: async () => (await import('../screens/starting-screen.ts')).tag,
  trouble: async () => (await import('../screens/trouble-screen.ts')).tag,
  welcome: async () => (await import('../screens/welcome-screen.ts')).tag,
  register: async () => (await import('../screens/register-screen.ts')).tag,
  status: async () => (await import('../screens/status-screen.ts')).tag,
  lock: async () => (await import('../screens/lock-screen.ts')).tag,
  shut: async () => (await import('../screens/shut-screen.ts')).tag,
}

const destinations: Record<Destination, () => Promise<string>> = {
  activation: async () => (await import('../screens/activation-screen.ts')).tag,
  suspend: async () => (await import('../screens/suspend-screen.ts')).tag,
  contactLink: async () => (await import('../screens/contact-link-screen.ts')).tag,
  institution: async () => (await import('../screens/institution-screen.ts')).tag,
  home: async () => (await import('../screens/home-screen.ts')).tag,
  identity: async () => (await import('../screens/identity-screen.ts')).tag,
  family: async () => (await import('../screens/family-screen.ts')).tag,
  documents: async () => (await import('../screens/documents-screen.ts')).tag,
  ktp: async () => (await import('../screens/ktp-screen.ts')).tag,
  scan: async () => (await import('../screens/scan-screen.ts')).tag,
  history: async () => (await import('../screens/history-screen.ts')).tag,
  settings: async () => (await import('../screens/settings-screen.ts')).tag,
}

export function loadScreen(place: Place): Promise<string> {
  return 'gate' in place ? gates[place.gate]() : destinations[place.destination]()
}

export function placeKey(place: Place): string {
  return 'gate' in place ? place.gate : place.destination
}
