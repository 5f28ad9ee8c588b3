/**
 * - `offline`: no answer came; the network, the name or the server is gone
 * - `timeout`: no answer in time
 * - `unreadable`: an answer came that is not ours (a hotel's sign-in page, a broken gateway)
 */
export type NetworkReason = 'offline' | 'timeout' | 'unreadable'

/** Nothing is known about what the server did; a state-changing call may be repeated with its idempotency key. */
export class NetworkError extends Error {
  readonly reason: NetworkReason

  constructor(reason: NetworkReason, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'NetworkError'
    this.reason = reason
  }
}
