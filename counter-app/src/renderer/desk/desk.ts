import type { Host } from '../host/host.ts'
import type { Place } from '../view/place.ts'
import type { CustomerDisplay } from './customer-display.ts'
import type { DeskApi } from './desk-api.ts'
import type { LiveCases } from './live-cases.ts'
import type { LiveFrames } from './live-frames.ts'
import type { DeskSession, Timer } from './session.ts'

/** Everything a screen may reach. */
export interface Desk {
  readonly api: DeskApi
  readonly session: DeskSession
  readonly live: LiveCases
  readonly host: Host
  readonly frames: LiveFrames
  readonly display: CustomerDisplay
  readonly timer: Timer
  readonly go: (place: Place) => void
}
