import { randomBytes } from 'node:crypto'
import { type Clock, day, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { openStore } from './database/store.ts'
import { transact } from './database/transact.ts'
import { createAudit } from './features/audit/service.ts'
import { createSetupCodes } from './features/staff/setup-codes.ts'
import { createIds } from './security/random.ts'
import { openSecrets } from './security/secrets.ts'
import { openServerId } from './server-id.ts'

/**
 * What whoever runs the server does for somebody whom no admin of the office can help, such as its only admin: opens
 * the account's lock, takes its second factors and sessions away, and makes a one-time setup code. Audited.
 *
 * @throws Error when nobody of an office has this user name
 */
export async function readmitStaff(config: Config, username: string, clock: Clock = systemClock): Promise<{ code: string; expiresAt: number }> {
  const secrets = openSecrets(config)
  const ids = createIds(clock, randomBytes)
  const setupCodes = createSetupCodes({ secrets, ids })
  const store = await openStore(config.database)
  const now = clock.now()
  try {
    const codeId = await transact(store, async (work) => {
      const member = await work
        .updateTable('staff')
        .set({ locked_at: null, failures_row: 0 })
        .where('username', '=', username.trim().toLowerCase())
        .where('role', '<>', 'verifier')
        .returning('id')
        .executeTakeFirst()
      if (!member) throw new Error(`nobody of an office is called ${username}`)
      await work.deleteFrom('staff_factor').where('staff_id', '=', member.id).execute()
      await work.updateTable('staff_session').set({ ended_at: now }).where('staff_id', '=', member.id).where('ended_at', 'is', null).execute()
      await createAudit(config.serverId ?? openServerId(config.dataDirectory)).append(work, { at: now, actor: { kind: 'service', id: 'operator' }, action: 'staff.readmitted', subject: member.id })
      return setupCodes.make({ work, now, announce: () => {} }, member.id, day)
    })
    return { code: setupCodes.codeOf(codeId), expiresAt: now + day }
  } finally {
    await store.destroy()
  }
}
