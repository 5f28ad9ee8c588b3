import type { Alert } from '@ikd/contract'
import type { AdminApi } from './admin-api.ts'
import type { LiveCases } from './live-cases.ts'
import { Observed } from './observed.ts'
import type { DeskSession } from './session.ts'

export type AlertsState =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly alerts: readonly Alert[]; readonly unseen: number }
  | { readonly kind: 'failed'; readonly error: unknown }

/** The office's alerts, kept current by hints, for supervisors and admins; nobody else is told or asks. */
export class LiveAlerts {
  readonly state = new Observed<AlertsState>({ kind: 'none' })
  readonly #api: AdminApi
  readonly #session: DeskSession
  #round = 0

  constructor(api: AdminApi, session: DeskSession, live: Pick<LiveCases, 'listenToAlerts'>) {
    this.#api = api
    this.#session = session
    live.listenToAlerts(() => void this.refetch())
    session.state.listen(({ kind }) => {
      if (kind !== 'signed-in') this.#forget()
    })
  }

  async refetch(): Promise<void> {
    const { value } = this.#session.state
    if (value.kind !== 'signed-in' || !hearsAlerts(value.session.staff.role)) return
    const round = ++this.#round
    try {
      const known = await this.#api.alerts()
      if (round === this.#round) this.state.set({ kind: 'known', ...known })
    } catch (error) {
      if (round === this.#round && this.state.value.kind !== 'known') this.state.set({ kind: 'failed', error })
    }
  }

  async markSeen(alertId: string): Promise<void> {
    await this.#api.markSeen(alertId)
    await this.refetch()
  }

  #forget(): void {
    this.#round++
    this.state.set({ kind: 'none' })
  }
}

export function hearsAlerts(role: string): boolean {
  return role === 'supervisor' || role === 'admin'
}
