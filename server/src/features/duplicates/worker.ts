import { hour, minute, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { errorKind } from '../../error-kind.ts'
import { createRounds } from '../../rounds.ts'
import { duplicatesTopic } from '../../signals.ts'
import type { AbisClient } from './abis.ts'
import type { Feed } from './feed.ts'
import type { Findings } from './findings.ts'
import { farthest, limitsFor } from './policy.ts'
import { type ClaimedSearch, createSearchQueue } from '../duplicate-searches/service.ts'
import type { TemplatesService } from '../templates/service.ts'

/** Searches the faces of approved cases: at least once after a crash or beside other servers, with one result. */
export interface DuplicateWorker {
  start(): void
  /** Resolves once the search under way is settled. */
  stop(): Promise<void>
}

export interface DuplicateWorkerPorts {
  readonly abis: AbisClient
  readonly feed: Feed
  readonly findings: Findings
  readonly templates: Pick<TemplatesService, 'get'>
}

/** Somebody stands at the desk: then it hears that a supervisor may decide without. */
const patience = minute
const pauses = [1, 2, 5, 10, 15].map((seconds) => seconds * second)
const mostHits = 20
/** Where nobody is searched, changes are read this often. */
const restless = hour

export function createDuplicateWorker(core: Core, { abis, feed, findings, templates }: DuplicateWorkerPorts): DuplicateWorker {
  const queue = createSearchQueue(core.store)
  const rounds = createRounds(core, duplicatesTopic, round, 'the duplicate searches could not be gone through')
  let loading: Promise<void> | undefined
  let caughtUpAt = core.clock.now()

  async function round(): Promise<void> {
    await findings.tellStuck(core.clock.now() - patience)
    if (!feed.isReady()) return load()
    while (rounds.isRunning()) {
      const search = await queue.claim(core.clock.now())
      if (!search) return rest()
      await run(search)
    }
  }

  /** What is deleted leaves the memory as well, and the record of changes is not kept for ever. */
  async function rest(): Promise<void> {
    if (core.clock.now() < caughtUpAt + restless) return
    caughtUpAt = core.clock.now()
    await feed.catchUp()
  }

  /** Searches wait for it; nobody else does. */
  function load(): void {
    loading ??= feed
      .load()
      .catch((error: unknown) => core.log.error({ kind: errorKind(error) }, 'templates could not be read'))
      .finally(() => {
        loading = undefined
        if (feed.isReady()) rounds.wake()
      })
  }

  async function run(search: ClaimedSearch): Promise<void> {
    try {
      const { residentId, template } = await templates.get(core.store, search.templateId)
      // Whoever was approved before this case is among those it is compared with, at whatever server.
      await feed.catchUp()
      const answer = await abis.search({ template, except: residentId, within: farthest, atMost: mostHits })
      await findings.settle(search, { ...answer, notComparable: feed.countNotComparable() }, limitsFor(answer.compared))
    } catch (error) {
      core.log.error({ case: search.caseId, attempt: search.attempts + 1, kind: errorKind(error) }, 'a duplicate search failed')
      const pause = pauses[Math.min(search.attempts, pauses.length - 1)] as number
      await queue.defer(search, errorKind(error), core.clock.now() + pause)
    }
  }

  return {
    start: rounds.start,
    async stop() {
      const over = rounds.stop()
      feed.stop()
      await over
      await loading
      await abis.close()
    },
  }
}
