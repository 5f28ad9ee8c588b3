import { createClient } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { Institution } from '../../journeys/stage/desk.ts'
import type { Bound } from '../stage/ceremony.ts'
import type { World } from '../stage/world.ts'
import { type Outcomes, raceAll, repeat } from './outcomes.ts'

export interface StopRace {
  /** Scans under way while the phone was being stopped: either side of the line is right. */
  readonly during: Outcomes
  /** Scans, looks and unlocks sent after the stop was acknowledged, at every server. */
  readonly after: { readonly scans: Outcomes; readonly looks: Outcomes; readonly unlocks: Outcomes }
}

/** A phone in use is suspended by its receipt code, from a browser that has nothing else: from the answer on it is dead everywhere. */
export async function raceSuspension(world: World, { phone, pin, receiptCode }: Bound, tellers: readonly Institution[], each: number): Promise<StopRace> {
  await phone.unlock(pin)
  const qrs = await Promise.all(repeat(each * 2, () => phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name'] })))
  const scan = (qr: string, i: number) => () => (tellers[i % tellers.length] as Institution).scan(qr)
  const { token } = await phone.client.call(routes.device.session)
  const browser = createClient({ baseUrl: world.config.publicUrl, ...world.reach('each') })
  const captcha = await world.captcha()
  const [during] = await Promise.all([
    raceAll(qrs.slice(0, each).map(scan)),
    browser.call(routes.suspensions.suspend, { body: { receiptCode, captcha } }),
  ])
  const [scans, looks, unlocks] = await Promise.all([
    raceAll(qrs.slice(each).map(scan)),
    raceAll(repeat(each, () => () => phone.client.call(routes.holder.identity, { token: phone.holderToken() }))),
    raceAll(repeat(each, () => () => phone.client.call(routes.holder.unlock, { token: token.accessToken, body: { pin } }))),
  ])
  return { during, after: { scans, looks, unlocks } }
}
