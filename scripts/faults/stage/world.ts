import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NetworkError } from '@ikd/client'
import { type Config, findStorageFailure, importPopulation, loadConfig, openStore, type Store } from '@ikd/server'
import { createCaptchaMint } from '@ikd/server/testing/captcha'
import { type Postgres, startPostgres } from '@ikd/server/testing/postgres'
import { createMailbox, type Mailbox } from '../../demo/mailbox.ts'
import { type Desk, type Institution, makeDesk, makeInstitution } from '../../journeys/stage/desk.ts'
import { makePhone, type Phone, type Reach } from '../../journeys/stage/phone.ts'
import { findFreePort } from '../../journeys/stage/ports.ts'
import { findPostgres } from '../../setup/postgres.mjs'
import type { DatabaseKind } from '../suites.ts'
import { enrolmentCode, makePeople, password } from './people.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

/** Servers that are processes, on one database, with the people who use them; everything real but the faces. */
export interface World {
  readonly config: Config
  readonly servers: readonly ServerProcess[]
  readonly mailbox: Mailbox
  /** Absent on SQLite. */
  readonly postgres: Postgres | undefined
  /** Somebody who has had no IKD until now; another one at each call. */
  nextNik(): string
  /** Each client comes through a proxy from an address of its own; one that is sent to each server comes from many. Whoever gets no answer waits until the server is up again. */
  reach(server?: ServerChoice): Reach
  phone(server?: ServerChoice): Promise<Phone>
  desk(n: number, server?: ServerChoice): Promise<Desk>
  teller(n: number, server?: ServerChoice): Promise<Institution>
  captcha(): Promise<string>
  /** Looks into the database past the servers. */
  look<T>(at: (store: Store) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** One of the servers, or each request at the next of them as a load balancer would. */
export type ServerChoice = number | 'each'

export interface WorldOptions {
  readonly database: DatabaseKind
  readonly servers?: number
  readonly residents: number
  readonly officers?: number
  readonly tellers?: number
}

/** The database that the run was asked for, SQLite unless said. */
export function wantedDatabase(): DatabaseKind {
  return process.env['IKD_TEST_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite'
}

/** Whether a suite can run here; the one on PostgreSQL is skipped where that is not installed. */
export function canRaise(database: DatabaseKind): boolean {
  return database === 'sqlite' || findPostgres() !== undefined
}

export async function raiseWorld({ database, servers = 1, residents, officers = 2, tellers = 2 }: WorldOptions): Promise<World> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ikd-faults-'))
  const mailbox = await createMailbox({ smtpPort: 0, webPort: 0 })
  const postgres = database === 'postgres' ? await startPostgres(findPostgres() as string) : undefined
  const ports = await Promise.all(Array.from({ length: servers }, findFreePort))
  const environment = {
    IKD_DATA: dataDirectory,
    IKD_PUBLIC_URL: `http://localhost:${ports[0]}`,
    IKD_DATABASE: (await postgres?.createDatabase('ikd')) ?? `sqlite:${join(dataDirectory, 'ikd.sqlite')}`,
    IKD_SMTP_HOST: 'localhost',
    IKD_SMTP_PORT: String(mailbox.smtpPort),
    IKD_TRUSTED_PROXIES: '127.0.0.1,::1',
  }
  const config = loadConfig(environment)
  const { population, niks } = makePeople({ residents, officers, tellers })
  await importPopulation(config, population)
  const processes = ports.map((port) => createServerProcess(port, environment))
  await Promise.all(processes.map((server) => server.start()))
  const captcha = createCaptchaMint(config)
  const left = [...niks]
  let clients = 0
  const newAddress = () => `10.${(++clients >> 16) & 255}.${(clients >> 8) & 255}.${clients & 255}`

  function reach(server: ServerChoice = 0): Reach {
    let address = newAddress()
    let sent = 0
    const choose = () => processes[server === 'each' ? sent++ % processes.length : server] as ServerProcess
    return {
      async fetch(input, init) {
        for (let tries = 1; ; tries++) {
          if (server === 'each') address = newAddress()
          const answer = await fetch(String(input).replace(`localhost:${ports[0]}`, `localhost:${choose().port}`), {
            ...init,
            // A connection of its own: a pool full of sockets to a server that is gone would use up every retry.
            headers: { ...(init?.headers as Record<string, string>), 'x-forwarded-for': address, 'connection': 'close' },
          })
          // Shed before anybody looked at it, proof and key unspent: whoever stands in the queue of a busy machine goes on asking.
          if (answer.status !== 503 || tries === 40) return answer
          await new Promise((resolve) => setTimeout(resolve, 250))
        }
      },
      // Less patient than an app: a run has hundreds of crashes to see.
      wait: async (ms) => {
        await new Promise((resolve) => setTimeout(resolve, ms / 4))
        await Promise.all(processes.map((process) => process.whenUp()))
      },
    }
  }

  return {
    config,
    servers: processes,
    mailbox,
    postgres,
    reach,
    captcha,
    nextNik() {
      const nik = left.shift()
      if (!nik) throw new Error('everybody has had an IKD by now')
      return nik
    },
    phone: (server) => makePhone(config.publicUrl, reach(server), () => captcha()),
    desk: (n, server) => makeDesk(config.publicUrl, { enrolmentCode: enrolmentCode(n), username: `petugas${n}`, password }, reach(server)),
    teller: (n, server) => makeInstitution(config.publicUrl, `teller${n}`, password, reach(server)),
    async look(at) {
      const store = await openStore(config.database).catch(tellAway)
      try {
        return await at(store).catch(tellAway)
      } finally {
        await store.destroy()
      }
    },
    async close() {
      await Promise.all(processes.map((server) => server.close()))
      await mailbox.close()
      await postgres?.stop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Whoever looks while PostgreSQL dies meets what a caller of a dead server meets. */
function tellAway(error: unknown): never {
  throw findStorageFailure(error) === 'busy' ? new NetworkError('offline', { cause: error }) : error
}
