import { createClient, generateSigningKey, webCryptoSigningKey } from '@ikd/client'
import { DomainError, routes } from '@ikd/contract'
import { buildApp, createHeadKeys, openSecrets, verifyAudit } from '@ikd/server'
import { startPostgres } from '@ikd/server/testing/postgres'
import { expect, test } from 'vitest'
import { findPostgres } from '../setup/postgres.mjs'
import { enrolOverTheWire } from './stage/enrol.ts'
import { findFreePort } from './stage/ports.ts'
import { signInStaff } from './stage/sign-in.ts'
import { closeSharedEngine, raiseStage } from './stage/stage.ts'

const programs = findPostgres()

test.skipIf(programs === undefined)(
  'two servers on one PostgreSQL: of forty scans of one QR exactly one wins, and the audit chain holds (skipped where PostgreSQL is not installed)',
  async () => {
    const postgres = await startPostgres(programs as string)
    const stage = await raiseStage({ database: await postgres.createDatabase('ikd') })
    const secondPort = await findFreePort()
    // Behind one address as in production: the second server only listens elsewhere.
    const second = await buildApp({ ...stage.config, port: secondPort })
    await second.listen({ host: 'localhost', port: secondPort })
    try {
      const phone = await enrolOverTheWire(stage, stage.demo.cast.find(({ part }) => part === 'newcomer')?.nik as string)
      const key = await webCryptoSigningKey(await generateSigningKey())
      const tellers = [fetch, atPort(stage.config.port, secondPort)].map((reach) => createClient({ baseUrl: stage.url, key, fetch: reach }))
      const [teller] = tellers
      if (!teller) throw new Error('no teller')
      const token = await signInStaff(teller, stage.url, { username: 'teller.bank', password: stage.password })
      const qr = await phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name'] })
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          const client = tellers[i % 2] ?? teller
          return client.call(routes.scans.scan, { token, body: { qr, purpose: 'Pembukaan rekening' } }).then(
            () => 'won',
            (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
          )
        }),
      )
      expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
      expect(new Set(outcomes)).toEqual(new Set(['won', 'presentation-already-used']))
      expect((await verifyAudit(stage.store, createHeadKeys(openSecrets(stage.config)))).findings).toEqual([])
    } finally {
      second.server.closeAllConnections()
      await second.close()
      await stage.close()
      await closeSharedEngine()
      await postgres.stop()
    }
  },
  180_000,
)

/** The same address, answered by another listener. */
function atPort(from: number, to: number): typeof fetch {
  return (input, init) => fetch(String(input).replace(`localhost:${from}`, `localhost:${to}`), init)
}
