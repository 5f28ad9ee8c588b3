import { randomBytes, randomUUID } from 'node:crypto'
import { DomainError, encodePresentation, type ProblemCode, routes, type Scan } from '@ikd/contract'
import { generateSigningKey, NetworkError, webCryptoSigningKey } from '@ikd/client'
import type { Random } from '../../demo/population/random.ts'
import type { Desk, Institution } from '../../journeys/stage/desk.ts'
import { refusal } from '../../journeys/stage/refusal.ts'
import { bindPhone, type Bound, openCase, recordFaceMatch } from '../stage/ceremony.ts'
import type { World } from '../stage/world.ts'
import { type Afterwards, blockAtDesk, changeNumber, changePin, stopAndResume } from './afterwards.ts'
import {
  hasReached, hasWrongCodes, isApproved, isBound, isCaseOpened, isConfirmedByPhone, isGranted, isRefused, isRegistered, isScanned, isServiceRecorded,
  wrongPinsInARow,
} from './facts.ts'
import type { Journal } from './journal.ts'

/** The people of a busy run: they go on through every crash, as their apps would, and write down what they were told. */
export interface Crowd {
  readonly world: World
  readonly journal: Journal
  readonly random: Random
  readonly desks: readonly Desk[]
  readonly tellers: readonly Institution[]
  /** What should be the same and was not. */
  readonly surprises: string[]
  ended(): boolean
}

/** What a person may hear because the server was away for a moment, or because somebody was before them. */
const passing: readonly ProblemCode[] = ['too-many-requests', 'busy', 'token-expired', 'presentation-expired', 'registration-qr-expired', 'pin-paused']

/** One life after another until the run ends; a refusal that no crash explains ends it with an error. */
export async function keepLiving(crowd: Crowd, live: (crowd: Crowd) => Promise<void>): Promise<void> {
  while (!crowd.ended()) {
    try {
      await live(crowd)
    } catch (error) {
      if (crowd.ended()) return
      // Killed at every one of its retries: a person would put the phone away and begin anew.
      if (!(error instanceof NetworkError) && !(error instanceof DomainError && passing.includes(error.code))) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const afterwards: readonly Afterwards[] = [changePin, stopAndResume, changeNumber, blockAtDesk]

/** From registration to a phone that is used. */
export async function liveAsResident(crowd: Crowd): Promise<void> {
  const { world, journal, random } = crowd
  const pin = '472915'
  const bound = await bindPhone(world, random.pick(crowd.desks), { nik: world.nextNik(), pin, wrongCodes: random.integer(0, 2), ended: crowd.ended }, watchOf(journal))
  for (let i = random.integer(1, 4); i > 0 && !crowd.ended(); i--) await usePhone(crowd, bound)
  if (random.chance(0.6) && !crowd.ended()) await random.pick(afterwards)(crowd, bound)
}

/** Desks and tellers stay signed in for longer than a token lives. */
export async function staySignedIn(crowd: Crowd): Promise<void> {
  const until = Date.now() + 3 * 60_000
  while (Date.now() < until && !crowd.ended()) await new Promise((resolve) => setTimeout(resolve, 500))
  for (const member of [...crowd.desks, ...crowd.tellers]) if (!crowd.ended()) await member.renew()
}

/** Somebody whom the desk sends away. */
export async function liveAsRefused(crowd: Crowd): Promise<void> {
  const { world, journal, random } = crowd
  const desk = random.pick(crowd.desks)
  const { caseId } = await openCase(world, desk, world.nextNik(), 0, watchOf(journal))
  if (random.chance(0.5)) await recordFaceMatch(world, caseId)
  await desk.decide(caseId, 'refuse', 'Bukan orangnya')
  journal.note(`case ${caseId} was refused`, (store) => isRefused(store, caseId))
}

/** Somebody without a phone, who leaves with a receipt. */
export async function liveWithoutPhone(crowd: Crowd): Promise<void> {
  const { journal, random } = crowd
  const { client, token } = random.pick(crowd.desks)
  const found = await crowd.world.look((store) => store.selectFrom('resident').select('id').limit(20).execute())
  const opened = await client.call(routes.cases.open, { token, body: { from: 'lookup', kind: 'service', residentId: random.pick(found).id, purpose: 'no-phone' } })
  const params = { caseId: opened.id }
  journal.note(`case ${opened.id} was opened`, (store) => isCaseOpened(store, opened.id))
  const idempotencyKey = randomUUID()
  const record = () => client.call(routes.cases.recordService, { token, params, idempotencyKey, body: { kind: 'ktp-replacement', note: 'Rusak' } })
  await record()
  journal.note(`a service of case ${opened.id} was recorded`, (store) => isServiceRecorded(store, opened.id))
  // The receipt got lost on its way: asked for again, it is the same one.
  const { serviceRequests } = await record()
  if (serviceRequests.length !== 1) crowd.surprises.push(`${serviceRequests.length} services recorded under one key`)
  await client.call(routes.cases.cancel, { token, params, body: { reason: 'finished' } })
}

/** Opens the app, mistyping at times, and shows its QR, which two tellers scan at once. */
async function usePhone(crowd: Crowd, bound: Bound): Promise<void> {
  const { journal, random } = crowd
  const { phone, registrationId, pin } = bound
  const mistypes = random.integer(0, 2)
  for (let wrong = 1; wrong <= mistypes; wrong++) {
    const code = await refusal(phone.unlock('305817'))
    // A guess whose answer was lost is one more guess when it is repeated; whoever is too busy has counted none.
    if (code === 'busy' || code === 'pin-paused') throw new DomainError(code)
    if (code !== 'pin-wrong') throw new Error(`a wrong PIN is answered with ${code}`)
    journal.hold(`${registrationId}: wrong PINs`, async (store) => (await wrongPinsInARow(store, registrationId)) >= wrong)
  }
  journal.release(`${registrationId}: wrong PINs`)
  const { handle, qr } = await unlockAndGrant(bound, pin)
  journal.note(`grant ${handle} was given`, (store) => isGranted(store, handle))
  const tellers = [random.pick(crowd.tellers), random.pick(crowd.tellers)]
  const scans = await Promise.all(tellers.map((teller) => scanOnce(teller, qr)))
  const winners = scans.flatMap((one) => (one ? [one] : []))
  if (winners.length > 1) crowd.surprises.push(`${winners.length} winners of one QR`)
  for (const { scan, again } of winners) {
    journal.note(`scan ${scan.id} was won`, (store) => isScanned(store, scan.id))
    const repeated = await again()
    if (repeated.id !== scan.id) crowd.surprises.push(`scan ${scan.id} became ${repeated.id}`)
  }
}

/** Undefined for who came second. */
async function scanOnce({ client, token }: Institution, qr: string): Promise<{ scan: Scan; again: () => Promise<Scan> } | undefined> {
  const idempotencyKey = randomUUID()
  const again = () => client.call(routes.scans.scan, { token, idempotencyKey, body: { qr, purpose: 'Pembukaan rekening' } })
  try {
    return { scan: await again(), again }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'presentation-already-used') return undefined
    throw error
  }
}

async function unlockAndGrant({ phone }: Bound, pin: string): Promise<{ handle: string; qr: string }> {
  const { client } = phone
  const { token: device } = await client.call(routes.device.session)
  const holder = await client.call(routes.holder.unlock, { token: device.accessToken, body: { pin } })
  const key = await webCryptoSigningKey(await generateSigningKey())
  const possession = Buffer.from(await key.sign(new TextEncoder().encode(holder.accessToken))).toString('base64url')
  const { handle, epoch } = await client.call(routes.holder.grant, { token: holder.accessToken, body: { publicKey: key.publicJwk, possession } })
  const qr = await encodePresentation(
    {
      handle: Uint8Array.from(Buffer.from(handle, 'base64url')),
      id: Uint8Array.from(randomBytes(8)),
      issuedAt: Math.floor(epoch.serverTime / 1000),
      audience: { to: 'any-institution' },
      fields: ['photo', 'name'],
      nonce: Uint8Array.from(Buffer.from(epoch.nonce, 'base64url')),
    },
    (bytes) => key.sign(bytes),
  )
  return { handle, qr }
}

function watchOf(journal: Journal) {
  return {
    registered: (id: string) => journal.note(`registration ${id} was made`, (store) => isRegistered(store, id)),
    opened: (id: string) => journal.note(`case ${id} was opened`, (store) => isCaseOpened(store, id)),
    confirmedByPhone: (id: string) => journal.note(`case ${id} was confirmed on the phone`, (store) => isConfirmedByPhone(store, id)),
    approved: (id: string) => journal.note(`case ${id} was approved`, (store) => isApproved(store, id)),
    wrongCodes: (id: string, wrong: number) => journal.note(`${wrong} wrong codes of case ${id} were counted`, (store) => hasWrongCodes(store, id, wrong)),
    linkConfirmed: (id: string) => journal.note(`the link of case ${id} was confirmed`, (store) => hasReached(store, id, 'confirmed_at')),
    codeConsumed: (id: string) => journal.note(`the code of case ${id} was consumed`, (store) => hasReached(store, id, 'consumed_at')),
    bound: (id: string) => journal.note(`phone ${id} was bound`, (store) => isBound(store, id)),
  }
}
