import type { DemoFacts } from '../demo/seed.ts'
import { StartFailure } from './failure.ts'

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host)
}

/**
 * The passwords that every demo knows are for this machine alone, also at a later start.
 *
 * @throws StartFailure where others could reach a demo that was seeded with them
 */
export function checkReach({ knownPasswords }: DemoFacts, host: string): void {
  // A demo of before this was noted says nothing: most were seeded with them.
  if (isLoopback(host) || knownPasswords === false) return
  throw new StartFailure({
    id: `Data demo ini memakai kata sandi yang diketahui umum, jadi tidak dibuka di ${host}: jalankan lagi dengan --reset untuk kata sandi baru (isinya dihapus), atau tanpa IKD_HOST.`,
    en: `This demo's passwords are known to everyone, so it is not opened on ${host}: run again with --reset for new ones (its data is deleted), or without IKD_HOST.`,
  })
}
