import { reportFigure } from '@ikd/server/testing/figures'
import { createHeadKeys, openSecrets, verifyAudit } from '@ikd/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Desk, Institution } from '../../journeys/stage/desk.ts'
import type { DatabaseKind } from '../suites.ts'
import { bindPhone, type Bound } from '../stage/ceremony.ts'
import { canRaise, raiseWorld, type World } from '../stage/world.ts'
import { raceApprovals, raceDecision, raceTakeover, repeatService } from './desks.ts'
import { raceActivation, raceCodes, racePins } from './guesses.ts'
import { repeat } from './outcomes.ts'
import { raceSuspension } from './stops.ts'
import { raceScans, repeatScan, type ScanRace } from './scans.ts'

export interface RaceSize extends ScanRace {
  readonly database: DatabaseKind
  readonly servers: number
  /** Parallel guesses at one PIN. */
  readonly guesses: number
  /** Cases that two desks decide at once. */
  readonly cases: number
}

/** What must come out the same however many servers are asked at the same moment. */
export function describeRaces({ database, servers, guesses, cases, ...scanRace }: RaceSize): void {
  const where = servers === 1 ? `one server on ${database}` : `${servers} servers on one ${database}`

  describe.skipIf(!canRaise(database))(`races at ${where}`, () => {
    let world: World
    let desks: readonly [Desk, Desk]
    let tellers: readonly Institution[]
    let bound: Bound
    const newPhone = () => bindPhone(world, desks[0], { nik: world.nextNik(), pin: '472915', server: 'each' })

    beforeAll(async () => {
      world = await raiseWorld({ database, servers, residents: 20 + cases * 3, officers: 3, tellers: 4 })
      desks = [await world.desk(0, 'each'), await world.desk(1, 'each')]
      tellers = await Promise.all(repeat(4, (n) => world.teller(n, 'each')))
      bound = await newPhone()
    }, 180_000)
    afterAll(() => world.close(), 60_000)

    test(`${scanRace.tokens} QRs, each scanned ${scanRace.scanners} times at once: exactly one wins, everybody else hears that it was used`, async () => {
      await bound.phone.unlock(bound.pin)
      const { outcomes, wrong, scansPerSecond } = await raceScans(bound, tellers, scanRace)
      reportFigure(`${scanRace.tokens} QRs × ${scanRace.scanners} scanners: ${outcomes.done} winners, ${wrong} QRs with none or two, ${scansPerSecond} scans/s`)
      expect(wrong).toBe(0)
      expect(outcomes).toEqual({ 'done': scanRace.tokens, 'presentation-already-used': scanRace.tokens * (scanRace.scanners - 1) })
      const rows = await world.look((store) => store.selectFrom('scan').select('id').execute())
      const told = await world.look((store) => store.selectFrom('activity').select('id').where('kind', '=', 'scanned-by-institution').execute())
      expect([rows.length, told.length]).toEqual([scanRace.tokens, scanRace.tokens])
    }, 900_000)

    test('a request sent ten times at once with one idempotency key is done once, and everybody gets its answer', async () => {
      await bound.phone.unlock(bound.pin)
      expect((await repeatScan(bound, tellers, 10)).ids.size).toBe(1)
      expect(await repeatService(world, desks[0], 10)).toBe(1)
    })

    test(`${guesses} wrong PINs at once count one by one: three to a pause, ten to the office`, async () => {
      const victim = await newPhone()
      const rounds = await racePins(world, victim, guesses)
      reportFigure(`${guesses} PINs at once, five rounds: counted ${rounds.map(({ counted }) => counted).join(', ')}`)
      expect(rounds.map(({ counted }) => counted)).toEqual([3, 6, 9, 10, 10])
      for (const { outcomes } of rounds) expect(outcomes.done).toBeUndefined()
      expect(rounds[4]?.outcomes).toEqual({ 'pin-blocked': guesses })
      await expect(victim.phone.unlock(victim.pin)).rejects.toMatchObject({ code: 'pin-blocked' })
    }, 60_000)

    test('an activation code has five tries in all, from link page and app, however many come at once', async () => {
      const atLinkPage = await raceCodes(world, desks[0], { atLinkPage: 20, inApp: 0 })
      expect(atLinkPage.onLinkPage).toEqual({ 'activation-code-wrong': 4, 'activation-code-exhausted': 16 })
      expect(atLinkPage.rightCode).toEqual({ 'activation-code-exhausted': 1 })
      const both = await raceCodes(world, desks[0], { atLinkPage: 2, inApp: 20 })
      expect(both.onLinkPage).toEqual({ 'activation-code-wrong': 2 })
      expect(both.inApp).toEqual({ 'activation-code-wrong': 2, 'activation-code-exhausted': 18 })
      expect(both.rightCode).toEqual({ 'activation-code-exhausted': 1 })
    }, 60_000)

    test('an activation code is consumed once and a phone bound once, however many requests come at once', async () => {
      const { code, pin, bindings } = await raceActivation(world, desks[0], 10)
      expect([code.done, pin.done, bindings]).toEqual([1, 1, 1])
    }, 60_000)

    test('one case decided both ways at once: one decision, with all its traces and no others', async () => {
      for (let i = 0; i < cases; i++) {
        const { outcomes, traces } = await raceDecision(world, desks[0])
        expect(outcomes.done).toBe(1)
        expect(traces).toEqual(
          traces.outcome === 'approve'
            ? { outcome: 'approve', activations: 1, mails: 1, entries: 1 }
            : { outcome: 'refuse', activations: 0, mails: 0, entries: 1 },
        )
      }
    }, 180_000)

    test('a case that others reach for: one taker, and a decision by nobody who no longer has it', async () => {
      const third = await world.desk(2, 'each')
      for (let i = 0; i < cases; i++) {
        const { takers, decision, consistent } = await raceTakeover(world, [...desks, third])
        expect(takers).toEqual({ 'done': 1, 'case-state-wrong': 1 })
        expect([decision.done, consistent]).toEqual([1, true])
      }
    }, 180_000)

    test('one resident approved at two desks at once: one approval lives', async () => {
      for (let i = 0; i < cases; i++) expect((await raceApprovals(world, desks)).living).toBe(1)
    }, 180_000)

    test('a phone suspended while it is scanned and used is dead everywhere from the answer on', async () => {
      const { during, after } = await raceSuspension(world, await newPhone(), tellers, 20)
      reportFigure(`suspended among 20 scans: ${during.done ?? 0} before it, of 60 requests after it ${after.scans.done ?? 0} answered`)
      expect((during.done ?? 0) + (during['presentation-blocked'] ?? 0)).toBe(20)
      expect(after).toEqual({ scans: { 'presentation-blocked': 20 }, looks: { 'device-suspended': 20 }, unlocks: { 'device-state-wrong': 20 } })
    }, 60_000)

    test('after all of it the audit chain is whole', async () => {
      expect((await world.look((store) => verifyAudit(store, createHeadKeys(openSecrets(world.config))))).findings).toEqual([])
    }, 60_000)
  })
}
