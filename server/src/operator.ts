import { randomBytes } from 'node:crypto'
import { type Clock, day, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { openStore } from './database/store.ts'
import { transact } from './database/transact.ts'
import { createAudit } from './features/audit/service.ts'
import { removeFactors } from './features/staff/factors.ts'
import { failureHash } from './features/staff/failure-counts.ts'
import { openAccount } from './features/staff/locks.ts'
import { createSetupCodes } from './features/staff/setup-codes.ts'
import { createIds } from './security/random.ts'
import { openSecrets } from './security/secrets.ts'
import { openServerId } from './server-id.ts'

/**
 * What whoever runs the server does for somebody whom no admin of the office can help, such as its only admin: opens
 * the account's lock, ends the pauses of the account and of its office's desks, takes its second factors and sessions away,
 * and makes a one-time setup code. Audited.
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
        .selectFrom('staff')
        .select(['id', 'office_id'])
        .where('username', '=', username.trim().toLowerCase())
        .where('role', '<>', 'verifier')
        .executeTakeFirst()
      if (!member) throw new Error(`nobody of an office is called ${username}`)
      await openAccount({ secrets }, work, member.id)
      // Every desk of the office may be paused, too, and this is the last way in.
      const desks = await work.selectFrom('workstation').select('jkt').where('office_id', '=', member.office_id).execute()
      const pauses = desks.map(({ jkt }) => failureHash({ secrets }, { kind: 'desk', id: jkt }))
      if (pauses.length > 0) await work.deleteFrom('sign_in_failure').where('username_hash', 'in', pauses).execute()
      await removeFactors(work, member.id)
      await work.deleteFrom('approval_pin').where('staff_id', '=', member.id).execute()
      await work.updateTable('staff_session').set({ ended_at: now }).where('staff_id', '=', member.id).where('ended_at', 'is', null).execute()
      await createAudit(config.serverId ?? openServerId(config.dataDirectory)).append(work, { at: now, actor: { kind: 'service', id: 'operator' }, action: 'staff.readmitted', subject: member.id })
      return setupCodes.make({ work, now, announce: () => {} }, member.id, day)
    })
    return { code: setupCodes.codeOf(codeId), expiresAt: now + day }
  } finally {
    await store.destroy()
  }
}
