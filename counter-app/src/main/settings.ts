import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Settings {
  /** Origin of the API, without a trailing slash. */
  readonly serverUrl: string
  readonly enrolmentCode?: string
  /** Minutes without a hand on the desk after which it locks itself, 1 to 15. */
  readonly idleMinutes?: number
}

export class SettingsError extends Error {}

const defaultServer = 'http://localhost:3000'

/**
 * `--server=` and `--enrol=` on the command line win over `config.json` (`serverUrl`, `idleMinutes`) in the user's data folder,
 * which wins over the default.
 *
 * @throws SettingsError with a sentence for the person who starts the app
 */
export function readSettings(argv: readonly string[], userData: string): Settings {
  const path = join(userData, 'config.json')
  const config = configured(path)
  const serverUrl = serverOrigin(argument(argv, 'server') ?? config.serverUrl ?? defaultServer)
  const enrolmentCode = argument(argv, 'enrol')
  return {
    serverUrl,
    ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
    ...(config.idleMinutes === undefined ? {} : { idleMinutes: config.idleMinutes }),
  }
}

function argument(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`
  const found = argv.find((word) => word.startsWith(prefix))?.slice(prefix.length)
  return found === '' ? undefined : found
}

function configured(path: string): { readonly serverUrl?: string; readonly idleMinutes?: number } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new SettingsError(`${path} cannot be read.`)
  }
  const config = parseJson(text)
  if (typeof config !== 'object' || config === null) throw new SettingsError(`${path} must be JSON like {"serverUrl": "https://ikd.example.go.id"}.`)
  const { serverUrl, idleMinutes } = config as { serverUrl?: unknown; idleMinutes?: unknown }
  if (serverUrl !== undefined && typeof serverUrl !== 'string') throw new SettingsError(`${path} must be JSON like {"serverUrl": "https://ikd.example.go.id"}.`)
  if (idleMinutes !== undefined && !(typeof idleMinutes === 'number' && idleMinutes >= 1 && idleMinutes <= 15)) {
    throw new SettingsError(`idleMinutes in ${path} must be a number from 1 to 15.`)
  }
  return { ...(serverUrl === undefined ? {} : { serverUrl }), ...(idleMinutes === undefined ? {} : { idleMinutes }) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only https, or plain http on this very machine: everything else would send passwords and faces in the open. */
function serverOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || local)) {
    throw new SettingsError(`The server address must begin with https:// (or http://localhost): ${text}`)
  }
  return url.origin
}
