import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DocumentKind } from '@ikd/contract'
import { closeDatabase, openDataFolder } from './data-folder.ts'
import type { StoreOptions } from './database/store.ts'

export interface SmtpConfig {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean
  readonly user?: string
  readonly password?: string
  /** Address the mails come from, e.g. `IKD <noreply@example.go.id>`. */
  readonly from: string
}

/** An agency that answers for documents. */
export interface SourceConfig {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly token: string
  readonly kinds: readonly DocumentKind[]
}

export interface Config {
  /** Database, secrets. Absolute. */
  readonly dataDirectory: string
  /** Where the secrets lie, when not in the data folder: one file for all servers of a database (`IKD_SECRETS`). Absolute. */
  readonly secretsFile?: string | undefined
  /** `sqlite:PATH` or `postgres://…` (`IKD_DATABASE`, else `DATABASE_URL`). */
  readonly database: string
  /** PostgreSQL: who owns the schema and may change it, when the service's own role may not. */
  readonly databaseOwner: string | undefined
  /** Most connections of this server to PostgreSQL. */
  readonly databasePool: number
  /** How long a request waits for a lock or a connection before it hears *busy*, ms. */
  readonly databasePatience: number
  /** How long a transaction may take before it is rolled back, ms; 15000 unless said. */
  readonly databaseUnitLife?: number | undefined
  /** Of several servers, which one this is (`IKD_SERVER_ID`); unless said, a name is made and kept in the data folder. */
  readonly serverId?: string | undefined
  readonly host: string
  readonly port: number
  /** Most connections of clients at once; 10,000 unless said (`IKD_CONNECTIONS`). Each phone and desk in use holds one, at this server or at a proxy. */
  readonly connections?: number
  /** How clients address the API: scheme, host, port, no path. */
  readonly publicUrl: string
  /** Where the link in the mail leads; the PWA's origin. */
  readonly residentUrl: string
  readonly counterPort: number | undefined
  /** Minutes after which an unattended desk in the browser covers itself, 1 to 15; ten unless said. */
  readonly counterIdleMinutes?: number
  /** Origins of the counter app: its browser host, Electron's scheme. */
  readonly counterOrigins: readonly string[]
  readonly residentDirectory: string | undefined
  readonly counterDirectory: string | undefined
  readonly smtp: SmtpConfig
  readonly sources: readonly SourceConfig[]
  readonly faceWorkers: number
  /** Addresses or CIDR ranges whose `x-forwarded-for` names the client (`IKD_TRUSTED_PROXIES`, with commas); anybody else's is ignored. */
  readonly trustedProxies: readonly string[]
  /** Days the frames of face results are kept after their case has closed: `completed` where a phone was bound, `ended` otherwise. */
  readonly evidenceDays: { readonly completed: number; readonly ended: number }
  readonly timeZone: string
  /** `warn` unless said (`IKD_LOG_LEVEL`). No level tells more than ids, codes and counts. */
  readonly logLevel?: LogLevel
}

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

/** What `openStore` takes besides the address. */
export function storeOptions({ databaseOwner, databasePool, databasePatience }: Config): StoreOptions {
  return { owner: databaseOwner, pool: databasePool, patience: databasePatience }
}

/**
 * What every program that opens the data folder begins with: from here on nobody else reads what it makes there.
 * Each setting may stand in the environment as `IKD_<NAME>` or in `config.json` of the data folder; the environment wins.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const dataDirectory = resolve(env['IKD_DATA'] ?? '.data')
  openDataFolder(dataDirectory)
  const file = join(dataDirectory, 'config.json')
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Config>) : {}
  const number = (name: string, otherwise: number | undefined) => (env[name] === undefined ? otherwise : Number(env[name]))
  const host = env['IKD_HOST'] ?? stored.host ?? 'localhost'
  const port = number('IKD_PORT', stored.port) ?? 3000
  const publicUrl = env['IKD_PUBLIC_URL'] ?? stored.publicUrl ?? `http://localhost:${port}`
  const counterPort = number('IKD_COUNTER_PORT', stored.counterPort)
  const counterIdleMinutes = number('IKD_COUNTER_IDLE_MINUTES', stored.counterIdleMinutes)
  if (counterIdleMinutes !== undefined && !(counterIdleMinutes >= 1 && counterIdleMinutes <= 15)) throw new Error('IKD_COUNTER_IDLE_MINUTES must be from 1 to 15')
  const connections = number('IKD_CONNECTIONS', stored.connections)
  if (connections !== undefined && !(Number.isInteger(connections) && connections > 0)) throw new Error('IKD_CONNECTIONS must be a whole number above 0')
  const logLevel = logLevels.find((level) => level === env['IKD_LOG_LEVEL']) ?? stored.logLevel
  const smtpDefaults: SmtpConfig = { host: 'localhost', port: 25, secure: false, from: 'IKD <noreply@ikd.invalid>' }
  const secretsFile = env['IKD_SECRETS'] ?? stored.secretsFile
  const database = env['IKD_DATABASE'] ?? env['DATABASE_URL'] ?? stored.database ?? `sqlite:${join(dataDirectory, 'ikd.sqlite')}`
  closeDatabase(database)
  return {
    dataDirectory,
    ...(secretsFile === undefined ? {} : { secretsFile: resolve(secretsFile) }),
    database,
    databaseOwner: env['IKD_DATABASE_OWNER'] ?? stored.databaseOwner,
    databasePool: number('IKD_DATABASE_POOL', stored.databasePool) ?? 10,
    databasePatience: number('IKD_DATABASE_PATIENCE', stored.databasePatience) ?? 5_000,
    databaseUnitLife: number('IKD_DATABASE_UNIT_LIFE', stored.databaseUnitLife),
    serverId: env['IKD_SERVER_ID'] ?? stored.serverId,
    host,
    port,
    ...(connections === undefined ? {} : { connections }),
    publicUrl,
    residentUrl: env['IKD_RESIDENT_URL'] ?? stored.residentUrl ?? publicUrl,
    counterPort,
    ...(counterIdleMinutes === undefined ? {} : { counterIdleMinutes }),
    counterOrigins: stored.counterOrigins ?? ['ikd://counter', ...(counterPort ? [`http://localhost:${counterPort}`] : [])],
    residentDirectory: env['IKD_RESIDENT_DIRECTORY'] ?? stored.residentDirectory,
    counterDirectory: env['IKD_COUNTER_DIRECTORY'] ?? stored.counterDirectory,
    smtp: {
      ...smtpDefaults,
      ...stored.smtp,
      ...(env['IKD_SMTP_HOST'] ? { host: env['IKD_SMTP_HOST'] } : {}),
      ...(env['IKD_SMTP_PORT'] ? { port: Number(env['IKD_SMTP_PORT']) } : {}),
      ...(env['IKD_SMTP_SECURE'] ? { secure: env['IKD_SMTP_SECURE'] === 'true' } : {}),
      ...(env['IKD_SMTP_USER'] ? { user: env['IKD_SMTP_USER'] } : {}),
      ...(env['IKD_SMTP_PASSWORD'] ? { password: env['IKD_SMTP_PASSWORD'] } : {}),
      ...(env['IKD_SMTP_FROM'] ? { from: env['IKD_SMTP_FROM'] } : {}),
    },
    sources: env['IKD_SOURCES'] ? (JSON.parse(env['IKD_SOURCES']) as SourceConfig[]) : (stored.sources ?? []),
    trustedProxies: env['IKD_TRUSTED_PROXIES']?.split(',').map((address) => address.trim()).filter(Boolean) ?? stored.trustedProxies ?? [],
    faceWorkers: number('IKD_FACE_WORKERS', stored.faceWorkers) ?? 1,
    evidenceDays: { completed: 90, ended: 30, ...stored.evidenceDays },
    timeZone: env['IKD_TIME_ZONE'] ?? stored.timeZone ?? 'Asia/Jakarta',
    ...(logLevel ? { logLevel } : {}),
  }
}
