import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import { awaitLetter, readActivation } from '../../journeys/stage/letter.ts'
import type { Desk } from '../../journeys/stage/desk.ts'
import { type Bound, openCase, otherCode, recordFaceMatch } from '../stage/ceremony.ts'
import type { World } from '../stage/world.ts'
import { type Outcomes, raceAll, repeat } from './outcomes.ts'

export interface PinRaceRound {
  readonly outcomes: Outcomes
  readonly counted: number
}

/** Rounds of parallel wrong PINs over all servers, five minutes between them, until the office is the only way. */
export async function racePins(world: World, { phone, registrationId }: Bound, guesses: number): Promise<PinRaceRound[]> {
  const { token } = await phone.client.call(routes.device.session)
  const unlock = (pin: string) => () => phone.client.call(routes.holder.unlock, { token: token.accessToken, body: { pin } })
  const rounds: PinRaceRound[] = []
  for (let round = 0; round < 5; round++) {
    const outcomes = await raceAll(repeat(guesses, (i) => unlock(`3058${String(i).padStart(2, '0')}`)))
    const { pin_row: counted } = await world.look((store) =>
      store.selectFrom('binding').select('pin_row').where('registration_id', '=', registrationId).executeTakeFirstOrThrow(),
    )
    rounds.push({ outcomes, counted })
    await passPause(world, registrationId)
  }
  return rounds
}

/** As if the pause had run out: the servers' clocks are real. */
async function passPause(world: World, registrationId: string): Promise<void> {
  await world.look((store) =>
    store.updateTable('binding').set({ pin_paused_until: Date.now() - 1 }).where('registration_id', '=', registrationId).where('pin_paused_until', 'is not', null).execute(),
  )
}

export interface CodeRaceResult {
  readonly onLinkPage: Outcomes
  readonly inApp: Outcomes
  /** What the right code came to afterwards. */
  readonly rightCode: Outcomes
}

/**
 * Wrong codes at once from the link page and, once the link is confirmed, from the app: five in all.
 *
 * @param atLinkPage wrong codes sent there; below five the right one is sent after them, so that the app may go on
 */
export async function raceCodes(world: World, desk: Desk, { atLinkPage, inApp }: { atLinkPage: number; inApp: number }): Promise<CodeRaceResult> {
  const { phone, code, confirm } = await approve(world, desk)
  const onLinkPage = await raceAll(repeat(atLinkPage, (i) => () => confirm(otherCode(code, i + 1))))
  if (atLinkPage < 5) await confirm(code)
  const inAppOutcomes = await raceAll(repeat(inApp, (i) => () => phone.enterCode(otherCode(code, i + 100))))
  return { onLinkPage, inApp: inAppOutcomes, rightCode: await raceAll([() => (inApp > 0 ? phone.enterCode(code) : confirm(code))]) }
}

/** The right code at once many times, then the PIN at once many times: consumed once, bound once. */
export async function raceActivation(world: World, desk: Desk, times: number): Promise<{ readonly code: Outcomes; readonly pin: Outcomes; readonly bindings: number }> {
  const { phone, code, confirm, registrationId } = await approve(world, desk)
  await confirm(code)
  const codes = await raceAll(repeat(times, () => () => phone.enterCode(code)))
  const pins = await raceAll(repeat(times, () => () => phone.setPin('472915')))
  const bindings = await world.look((store) => store.selectFrom('binding').select('id').where('registration_id', '=', registrationId).execute())
  return { code: codes, pin: pins, bindings: bindings.length }
}

/** A phone that waits for its code. */
async function approve(world: World, desk: Desk) {
  const { phone, registrationId, caseId, email } = await openCase(world, desk, world.nextNik(), 'each')
  await recordFaceMatch(world, caseId)
  await desk.decide(caseId, 'approve')
  const { code, token } = readActivation(await awaitLetter(world.mailbox, email, 1, 30_000))
  const browser = createClient({ baseUrl: world.config.publicUrl, ...world.reach('each') })
  const confirm = async (guess: string) => browser.call(routes.activation.confirm, { body: { token, code: guess, captcha: await world.captcha() } })
  return { phone, code, confirm, registrationId }
}
