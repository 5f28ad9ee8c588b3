import { randomUUID } from 'node:crypto'
import { createClient } from '@ikd/client'
import { DomainError, routes } from '@ikd/contract'
import type { Bound } from '../stage/ceremony.ts'
import { hasNumber, isCaseOpened, isPinChangedSince, isTold } from './facts.ts'
import type { Crowd } from './lives.ts'

/** What becomes of a phone that is in use; most of the time, nothing. */
export type Afterwards = (crowd: Crowd, bound: Bound) => Promise<void>

export const changePin: Afterwards = async ({ journal }, { phone, registrationId, pin }) => {
  await phone.unlock(pin)
  const { changedAt } = await phone.client.call(routes.holder.changePin, { token: phone.holderToken(), body: { currentPin: pin, newPin: '918273' } })
  journal.note(`the PIN of ${registrationId} was changed`, (store) => isPinChangedSince(store, registrationId, changedAt))
}

/** Mislaid: stopped from somebody's browser by the receipt code, found, and opened again by PIN and a code of the e-mail. */
export const stopAndResume: Afterwards = async (crowd, bound) => {
  const { world, journal } = crowd
  const { phone, registrationId, receiptCode, pin } = bound
  const browser = createClient({ baseUrl: world.config.publicUrl, ...world.reach() })
  const request = { body: { receiptCode, captcha: await world.captcha() }, idempotencyKey: randomUUID() }
  const suspension = await browser.call(routes.suspensions.suspend, request)
  journal.note(`phone ${registrationId} was suspended`, (store) => isTold(store, registrationId, 'binding.suspended', 'device-suspended'))
  // The browser lost the answer: asked for again with the same robot check, it is the same one.
  const { at } = await browser.call(routes.suspensions.suspend, request)
  if (at !== suspension.at) crowd.surprises.push(`the suspension of ${registrationId} at ${suspension.at} became one at ${at}`)
  const code = await codeOf(crowd, bound, async (token) => void (await phone.client.call(routes.resumption.start, { token, body: { pin } })))
  const { token } = await phone.client.call(routes.device.session)
  await phone.client.call(routes.resumption.finish, { token: token.accessToken, body: { code } })
  journal.note(`phone ${registrationId} was resumed`, (store) => isTold(store, registrationId, 'binding.resumed', 'device-resumed'))
}

/** A new telephone number, confirmed with a code of the e-mail on file. */
export const changeNumber: Afterwards = async (crowd, bound) => {
  const { journal, random } = crowd
  const { phone, registrationId, pin } = bound
  const number = `+62812${random.integer(10_000_000, 99_999_999)}`
  await phone.unlock(pin)
  const token = phone.holderToken()
  const code = await codeOf(crowd, bound, async () => void (await phone.client.call(routes.contacts.start, { token, body: { pin, phone: number } })))
  await phone.client.call(routes.contacts.confirm, { token, body: { address: 'old', code } })
  journal.note(`the number of ${registrationId} was changed`, (store) => hasNumber(store, registrationId, number))
}

/** Stolen: blocked at a desk, for good. */
export const blockAtDesk: Afterwards = async ({ world, journal, random, desks }, { registrationId }) => {
  const { client, token } = random.pick(desks)
  const { residentId } = await world.look((store) =>
    store.selectFrom('binding').select('resident_id as residentId').where('registration_id', '=', registrationId).executeTakeFirstOrThrow(),
  )
  const opened = await client.call(routes.cases.open, { token, body: { from: 'lookup', kind: 'block', residentId, purpose: 'lost-phone' } })
  journal.note(`case ${opened.id} was opened`, (store) => isCaseOpened(store, opened.id))
  try {
    await client.call(routes.cases.block, { token, params: { caseId: opened.id }, body: { reason: 'stolen' } })
  } catch (error) {
    // A long run blocks more phones than an office may within an hour.
    if (error instanceof DomainError && error.code === 'block-cap-reached') return
    throw error
  }
  journal.note(`phone ${registrationId} was blocked`, (store) => isTold(store, registrationId, 'binding.blocked', 'device-blocked'))
}

/** The code of the mail that `ask` has sent to a phone's address; a second copy of an earlier mail is not it. */
async function codeOf({ world, ended }: Crowd, { phone, email }: Bound, ask: (deviceToken: string) => Promise<void>): Promise<string> {
  const letters = () => world.mailbox.letters(email).flatMap(({ messageId = '', text }) => {
    const [, code] = /^Kode: (\d{6})$/m.exec(text) ?? []
    return code === undefined ? [] : [{ messageId, code }]
  })
  const known = new Set(letters().map(({ messageId }) => messageId))
  await ask((await phone.client.call(routes.device.session)).token.accessToken)
  // Seconds even when nothing dies, and a lease of fifteen more whenever a server dies with the mail in its hand.
  for (let i = 0; i < 1200 && !ended(); i++) {
    const sent = letters().find(({ messageId }) => !known.has(messageId))
    if (sent) return sent.code
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no code for ${email}`)
}
