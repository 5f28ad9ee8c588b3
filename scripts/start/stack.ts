import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { agencies } from '../demo/agencies/list.ts'
import type { DemoAuthenticator } from '../demo/mailbox/authenticator.ts'
import type { Children, Death } from './children.ts'
import { StartFailure } from './failure.ts'
import type { Ports } from './ports.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))

export interface StackOptions {
  readonly ports: Ports
  readonly dataFolder: string
  readonly agencyToken: string
  /** Whose codes the demo shows. */
  readonly authenticators: readonly DemoAuthenticator[]
}

/** The server's settings in the demo; what stands in the environment already wins over mail, agencies and database. */
export function serverEnvironment({ ports, dataFolder, agencyToken }: Omit<StackOptions, 'authenticators'>, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    IKD_SMTP_HOST: '127.0.0.1',
    IKD_SMTP_PORT: String(ports.smtp),
    IKD_SMTP_FROM: 'IKD <noreply@ikd.invalid>',
    IKD_SOURCES: JSON.stringify(agencies.map((agency) => ({ ...agency, url: `http://localhost:${ports.agencies}/${agency.id}`, token: agencyToken }))),
    IKD_HOST: 'localhost',
    ...env,
    IKD_DATA: dataFolder,
    IKD_PORT: String(ports.server),
    IKD_COUNTER_PORT: String(ports.counter),
    IKD_RESIDENT_DIRECTORY: path('resident-pwa/dist'),
    IKD_COUNTER_DIRECTORY: path('counter-app/dist'),
  }
}

/** Starts agencies, mailbox and server, each a process of its own. The promise tells which died first. */
export function startStack(children: Children, options: StackOptions): Promise<Death> {
  const { ports, agencyToken, authenticators } = options
  return Promise.race([
    children.start({ name: 'agencies', script: path('scripts/demo/agencies.ts'), args: ['--port', String(ports.agencies)], env: { IKD_AGENCY_TOKEN: agencyToken } }),
    children.start({ name: 'mailbox', script: path('scripts/demo/mailbox.ts'), args: ['--smtp-port', String(ports.smtp), '--web-port', String(ports.mailbox)], env: { IKD_DEMO_AUTHENTICATORS: JSON.stringify(authenticators) } }),
    children.start({ name: 'server', script: path('server/src/main.ts'), env: serverEnvironment(options), show: true }),
  ])
}

/** The counter app in Electron, through Forge. */
export function startCounter(children: Children, { serverUrl, enrolmentCode }: { serverUrl: string; enrolmentCode: string }): Promise<Death> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return children.start({
    name: 'counter',
    script: path('node_modules/@electron-forge/cli/dist/electron-forge.js'),
    args: ['start', '--', ...asRoot, `--server=${serverUrl}`, `--enrol=${enrolmentCode}`],
    cwd: path('.'),
  })
}

/**
 * Waits until the server says that all of it is up.
 *
 * @throws StartFailure when it does not within `limitMs`
 */
export async function waitForHealth(serverUrl: string, limitMs = 60_000): Promise<void> {
  const until = performance.now() + limitMs
  while (performance.now() < until) {
    const answer = await fetch(`${serverUrl}/health`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (answer?.ok) return
    await wait(100)
  }
  throw new StartFailure({
    id: 'Peladen tidak siap dalam satu menit: lihat pesan di atas, lalu jalankan lagi.',
    en: 'The server was not ready within a minute: see the messages above, then run this again.',
  })
}
