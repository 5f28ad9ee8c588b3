import { createServer } from 'node:net'
import { StartFailure } from './failure.ts'

/** What listens where; every port follows from the server's. */
export interface Ports {
  readonly server: number
  readonly counter: number
  readonly mailbox: number
  readonly smtp: number
  readonly agencies: number
}

export function portsFrom(server: number): Ports {
  return { server, counter: server + 1, mailbox: server + 2, smtp: server + 3, agencies: server + 4 }
}

/** Those of the ports somebody else listens on, over IPv4 or IPv6. */
export async function findBusyPorts(ports: readonly number[]): Promise<number[]> {
  const busy = await Promise.all(ports.map(async (port) => (await Promise.all([isBusy(port, '127.0.0.1'), isBusy(port, '::1')])).some(Boolean)))
  return ports.filter((_, i) => busy[i])
}

/** @throws StartFailure naming the ports and another that is free */
export async function checkPorts(ports: Ports): Promise<void> {
  const busy = await findBusyPorts(Object.values(ports))
  if (busy.length === 0) return
  const other = await findFreeBase(ports.server + 10)
  const advice = other === undefined ? '' : ` --port ${other}`
  throw new StartFailure({
    id: `Porta ${busy.join(', ')} sedang dipakai program lain: hentikan program itu (mungkin IKD yang masih berjalan), atau pilih yang lain: npm start --${advice}`,
    en: `${busy.length === 1 ? `Port ${busy[0]} is` : `Ports ${busy.join(', ')} are`} in use by another program: stop it (perhaps an IKD that still runs), or choose another: npm start --${advice}`,
  })
}

/** The first of five ports that are free. */
export async function findFreeBase(from: number): Promise<number | undefined> {
  for (let base = from; base < Math.min(from + 200, 65_531); base += 10) {
    if ((await findBusyPorts(Object.values(portsFrom(base)))).length === 0) return base
  }
  return undefined
}

function isBusy(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    // A machine without IPv6 says EADDRNOTAVAIL; nobody can listen there.
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' || error.code === 'EACCES'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)))
  })
}
