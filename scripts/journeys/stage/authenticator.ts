import { setTimeout as wait } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { knownTotpSecret } from '../../demo/population/offices.ts'

interface Server {
  readonly now: () => number
  /** Lets codes serve again. */
  readonly forgetSteps: () => Promise<void>
}

const servers = new Map<string, Server>()

/** A server whose clock can be moved and whose memory of used codes a story need not wait for. */
export function introduce(url: string, server: Server): void {
  servers.set(url, server)
}

const period = 30_000
const lastSteps = new Map<string, number>()

/** A code of this person's authenticator app that has not served yet at this server; waits for one where it must. */
export async function nextCode(url: string, username: string, secret = knownTotpSecret): Promise<string> {
  const known = servers.get(url)
  await known?.forgetSteps()
  const now = known?.now ?? Date.now
  const present = Math.floor(now() / period)
  const last = known ? 0 : (lastSteps.get(`${url} ${username}`) ?? 0)
  const step = Math.max(present, last + 1)
  lastSteps.set(`${url} ${username}`, step)
  // The server takes the next step's code already, and no later one.
  if (step > present + 1) await wait((step - 1) * period - now())
  return new TOTP({ secret }).generate({ timestamp: step * period })
}
