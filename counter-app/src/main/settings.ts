import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Settings {
  /** Origin of the API, without a trailing slash. */
  readonly serverUrl: string
  readonly enrolmentCode?: string
}

export class SettingsError extends Error {}

const defaultServer = 'http://localhost:3000'

/**
 * `--server=` and `--enrol=` on the command line win over `config.json` in the user's data folder, which wins over the default.
 *
 * @throws SettingsError with a sentence for the person who starts the app
 */
export function readSettings(argv: readonly string[], userData: string): Settings {
  const serverUrl = serverOrigin(argument(argv, 'server') ?? configuredServer(join(userData, 'config.json')) ?? defaultServer)
  const enrolmentCode = argument(argv, 'enrol')
  return enrolmentCode === undefined ? { serverUrl } : { serverUrl, enrolmentCode }
}

function argument(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`
  const found = argv.find((word) => word.startsWith(prefix))?.slice(prefix.length)
  return found === '' ? undefined : found
}

function configuredServer(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new SettingsError(`${path} cannot be read.`)
  }
  const config = parseJson(text)
  if (typeof config === 'object' && config !== null) {
    if (!('serverUrl' in config)) return undefined
    if (typeof config.serverUrl === 'string') return config.serverUrl
  }
  throw new SettingsError(`${path} must be JSON like {"serverUrl": "https://ikd.example.go.id"}.`)
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
