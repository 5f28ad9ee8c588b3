import { browserKey } from './browser-key.ts'
import { type Host, idleMinutesWithin } from './host.ts'
import { webPasskeys } from './web-passkeys.ts'

const hostFileMs = 20_000

/** The site that serves this page did not say where the server is. */
export class HostFileError extends Error {}

/** Training desks and thin clients: what a browser can do, and in `limits` what it cannot. */
export function browserHost(page: Window): Host {
  const enrolmentCode = takeFromFragment(page)
  const file = readHostFile(page)
  // Said by whoever asks for it first; until then it is nobody's failure.
  file.catch(() => undefined)
  return {
    kind: 'browser',
    serverUrl: async () => (await file).serverUrl,
    idleMinutes: async () => idleMinutesWithin((await file).idleMinutes),
    passkeys: webPasskeys(),
    takeEnrolmentCode: () => enrolmentCode,
    workstationKey: async () => ({ key: await browserKey(), store: 'browser' }),
    print: async () => page.print(),
    health: async () => ({ contentProtection: false, platform: 'browser' }),
    async openCustomerDisplay() {
      const url = `${page.location.origin}${page.location.pathname}#/pelanggan`
      // `noopener` would make the answer null even on success; the display is our own page on our own origin.
      return page.open(url, 'ikd-pelanggan', 'popup,width=800,height=600') ? 'opened' : 'refused'
    },
    limits: [
      { id: 'Kunci loket disimpan browser, tidak dienkripsi sistem operasi.', en: 'The desk’s key is kept by the browser, not encrypted by the operating system.' },
      { id: 'Tangkapan layar tidak dapat dicegah.', en: 'Screenshots cannot be prevented.' },
      { id: 'Layar warga dibuka sebagai jendela biasa; geser sendiri ke layar kedua.', en: 'The customer display opens as an ordinary window; move it to the second screen yourself.' },
    ],
  }
}

/** `#enrol=CODE` is read once and leaves the address bar and the history at once. */
function takeFromFragment(page: Window): string | undefined {
  const code = new URLSearchParams(page.location.hash.slice(1)).get('enrol')
  if (code === null) return undefined
  page.history.replaceState(null, '', page.location.pathname)
  return code
}

interface HostFile {
  readonly serverUrl: string
  readonly idleMinutes: number | undefined
}

async function readHostFile(page: Window): Promise<HostFile> {
  try {
    const response = await page.fetch(new URL('host.json', page.location.href), { cache: 'no-store', signal: AbortSignal.timeout(hostFileMs) })
    const file: unknown = await response.json()
    if (typeof file === 'object' && file !== null && 'serverUrl' in file && typeof file.serverUrl === 'string') {
      const idleMinutes = 'idleMinutes' in file && typeof file.idleMinutes === 'number' ? file.idleMinutes : undefined
      return { serverUrl: new URL(file.serverUrl).origin, idleMinutes }
    }
  } catch (error) {
    throw new HostFileError('host.json', { cause: error })
  }
  throw new HostFileError('host.json')
}
