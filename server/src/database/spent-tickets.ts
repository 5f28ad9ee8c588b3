import type { Unit } from '../plugins/registrar.ts'
import type { TicketStub } from '../security/tickets.ts'

/** A ticket serves once: false when it has served already, at whichever server. */
export async function spendTicket({ work }: Unit, { id, expiresAt }: TicketStub): Promise<boolean> {
  const spent = await work
    .insertInto('ticket_spent')
    .values({ id, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return spent.numInsertedOrUpdatedRows === 1n
}
