import { randomInt } from 'node:crypto'
import { findBusyPorts } from '../../start/ports.ts'

/** Below those that systems give to whoever asks for any (32768 on Linux, 49152 elsewhere): what is found stays free until it is used. */
const from = 20_000
const until = 32_000

/** A port of loopback that nobody listens on. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(from, until)
    if ((await findBusyPorts([port])).length === 0) return port
  }
}
