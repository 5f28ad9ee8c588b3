import type { DemoFacts } from '../demo/seed.ts'
import { StartFailure } from './failure.ts'

/**
 * A demo of before staff had second factors: nobody of its offices could sign in.
 *
 * @throws StartFailure
 */
export function checkSecondFactors({ staff }: DemoFacts): void {
  if (staff.some(({ totpSecret }) => totpSecret !== undefined)) return
  throw new StartFailure({
    id: 'Data demo ini dari versi sebelum petugas masuk dengan dua langkah: jalankan lagi dengan --reset (isinya dihapus).',
    en: 'This demo is from a version before staff signed in by two steps: run again with --reset (its data is deleted).',
  })
}
