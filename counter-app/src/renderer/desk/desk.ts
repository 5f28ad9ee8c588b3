import type { Host } from '../host/host.ts'
import type { Place } from '../view/place.ts'
import type { AccountApi } from './account-api.ts'
import type { AdminApi } from './admin-api.ts'
import type { CustomerDisplay } from './customer-display.ts'
import type { DeskApi } from './desk-api.ts'
import type { DuplicatesApi } from './duplicates-api.ts'
import type { LiveAlerts } from './live-alerts.ts'
import type { LiveCases } from './live-cases.ts'
import type { LiveFrames } from './live-frames.ts'
import type { DeskSession, Timer } from './session.ts'

/** Everything a screen may reach. */
export interface Desk {
  readonly api: DeskApi
  readonly account: AccountApi
  readonly admin: AdminApi
  readonly duplicates: DuplicatesApi
  readonly session: DeskSession
  readonly live: LiveCases
  readonly alerts: LiveAlerts
  readonly host: Host
  readonly frames: LiveFrames
  readonly display: CustomerDisplay
  readonly timer: Timer
  readonly go: (place: Place) => void
}
