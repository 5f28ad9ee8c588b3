import { createChallenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'
import type { Config } from '../config.ts'
import { minute } from '../clock.ts'
import { openSecrets } from '../security/secrets.ts'

/**
 * A solved robot check that cost one hash instead of twenty thousand, for a test that registers hundreds: only who has the
 * server's secrets can make it, and the server verifies and spends it like any other.
 */
export function createCaptchaMint(config: Pick<Config, 'dataDirectory'>, now: () => number = Date.now): (effort?: number) => Promise<string> {
  const secrets = openSecrets(config)
  return async (effort = 1) => {
    const challenge = await createChallenge({
      algorithm: 'SHA-256',
      cost: 1,
      counter: 1,
      data: { until: now() + 10 * minute, effort },
      deriveKey,
      hmacSignatureSecret: secrets.derive('captcha').toString('base64url'),
      hmacKeySignatureSecret: secrets.derive('captcha solution').toString('base64url'),
    })
    const solution = await solveChallenge({ challenge, deriveKey })
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  }
}
