import { type HolderState, mayRegisterAgain } from '../holder/holder-state.ts'

/** Screens shown because of where the phone stands, whatever the address says. */
export type GateName = 'starting' | 'trouble' | 'welcome' | 'register' | 'status' | 'lock' | 'shut'

/** Screens that a person goes to, by their path. */
export const paths = {
  activation: '/aktivasi',
  suspend: '/tangguhkan',
  contactLink: '/kontak',
  institution: '/lembaga',
  register: '/daftar',
  status: '/status',
  home: '/beranda',
  identity: '/biodata',
  family: '/keluarga',
  documents: '/dokumen',
  ktp: '/ktp',
  scan: '/pindai',
  history: '/histori',
  settings: '/pengaturan',
} as const

export type Destination = Exclude<keyof typeof paths, 'register' | 'status'>

/** These need no binding: the links of the e-mails and *Tangguhkan* in any browser, an institution's counter on its own key. */
const standalone = ['activation', 'suspend', 'contactLink', 'institution'] as const satisfies readonly Destination[]

export function findStandalone(path: string): Destination | undefined {
  return standalone.find((name) => paths[name] === path)
}

export type Place = { readonly gate: GateName } | { readonly destination: Destination }

/**
 * Which screen stands at this path. The path is kept while a gate is shown, so that unlocking leads on to where the
 * person wanted to go.
 */
export function decide(path: string, state: HolderState, consented: boolean): Place {
  const everywhere = findStandalone(path)
  if (everywhere) return { destination: everywhere }
  const registering = path === paths.register && consented
  switch (state.at) {
    case 'starting':
      return { gate: 'starting' }
    case 'no-key-store':
    case 'unreachable':
      return { gate: 'trouble' }
    case 'unregistered':
      return { gate: registering ? 'register' : 'welcome' }
    case 'shut':
      if (path === paths.register && mayRegisterAgain(state)) return { gate: registering ? 'register' : 'welcome' }
      return { gate: 'shut' }
    case 'in-progress':
      if (path === paths.register && mayRegisterAgain(state)) return { gate: registering ? 'register' : 'welcome' }
      return { gate: 'status' }
    case 'locked':
      if (path === paths.register && mayRegisterAgain(state)) return { gate: registering ? 'register' : 'welcome' }
      return { gate: 'lock' }
    case 'open':
      return { destination: findDestination(path) ?? 'home' }
  }
}

function findDestination(path: string): Destination | undefined {
  const found = Object.entries(paths).find(([name, known]) => known === path && name !== 'register' && name !== 'status')
  return found?.[0] as Destination | undefined
}
