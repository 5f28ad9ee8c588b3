import type { Template } from '@ikd/face'

/** One template among those searched. */
export interface AbisEntry {
  /** Opaque; entries are known by it alone. */
  readonly id: string
  /** Opaque too: whose it is. Nobody is a duplicate of themself. */
  readonly subject: string
  readonly template: Template
}

export interface AbisProbe {
  readonly template: Template
  /** Entries of this subject are passed over. */
  readonly except: string
  /** Farthest distance of a hit. */
  readonly within: number
  /** Most hits. */
  readonly atMost: number
}

export interface AbisHit {
  readonly id: string
  readonly distance: number
}

export interface AbisAnswer {
  /** Entries there were to compare with, the subject's own included. */
  readonly compared: number
  /** Nearest first. */
  readonly hits: readonly AbisHit[]
}

/**
 * One-to-many search (an automated biometric identification system), in ids, never names. In memory for a province
 * (`createMemoryAbis`); behind a network for what outgrows it. Rejects when it cannot answer; whoever asked asks again.
 */
export interface AbisClient {
  search(probe: AbisProbe): Promise<AbisAnswer>
  /** An entry enrolled again takes its own place. All templates are of one model. */
  enrol(entries: readonly AbisEntry[]): Promise<void>
  /** Ids it does not know are passed over. */
  remove(ids: readonly string[]): Promise<void>
  /** Calls when entries may have been lost and are to be enrolled anew. Returns the way to stop. */
  whenLost(listener: () => void): () => void
  close(): Promise<void>
}
