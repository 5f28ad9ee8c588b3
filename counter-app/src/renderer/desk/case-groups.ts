import type { CaseSummary } from '@ikd/contract'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Desk } from './desk.ts'
import type { CaseGroup } from './desk-api.ts'

export type GroupState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly cases: readonly CaseSummary[] }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Lists of cases, kept current by hints. A list once known stays shown while it is fetched again. */
export class CaseGroups implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #desk: () => Desk
  readonly #groups: readonly CaseGroup[]
  readonly #states = new Map<CaseGroup, GroupState>()
  #stop: (() => void) | undefined
  #round = 0

  constructor(host: ReactiveControllerHost, desk: () => Desk, groups: readonly CaseGroup[]) {
    this.#host = host
    this.#desk = desk
    this.#groups = groups
    host.addController(this)
  }

  state(group: CaseGroup): GroupState {
    return this.#states.get(group) ?? { kind: 'loading' }
  }

  hostConnected(): void {
    this.#stop = this.#desk().live.listen(() => this.refetch())
    this.refetch()
  }

  hostDisconnected(): void {
    this.#stop?.()
  }

  refetch(): void {
    const round = ++this.#round
    for (const group of this.#groups) {
      this.#desk()
        .api.listCases(group)
        .then((cases): GroupState => ({ kind: 'known', cases }))
        .catch((error: unknown): GroupState => ({ kind: 'failed', error }))
        .then((state) => {
          if (round !== this.#round) return
          if (state.kind === 'failed' && this.state(group).kind === 'known') return
          this.#states.set(group, state)
          this.#host.requestUpdate()
        })
        .catch(() => undefined)
    }
  }
}
