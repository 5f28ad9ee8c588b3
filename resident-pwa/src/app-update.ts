import { trustedScriptUrl } from '@ikd/ui'
import { Observed } from './holder/observed.ts'

const takeOverMs = 5_000

/** Registers the service worker and says when a newer app waits to be used. */
export class AppUpdate {
  readonly waiting = new Observed(false)
  #worker: ServiceWorker | undefined

  async watch(): Promise<void> {
    const { serviceWorker } = navigator
    if (serviceWorker === undefined || import.meta.env.DEV) return
    const registration = await serviceWorker.register(trustedScriptUrl('/service-worker.js'), { scope: '/' })
    const consider = (worker: ServiceWorker | null) => {
      // Without a controller this is the first installation, not an update.
      if (worker?.state !== 'installed' || !serviceWorker.controller) return
      this.#worker = worker
      this.waiting.set(true)
    }
    consider(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => consider(worker))
    })
  }

  /** Another tab may have taken the new version already, or the browser may have thrown it away: then a reload finds what there is. */
  take(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    this.#worker?.postMessage('take-over')
    setTimeout(() => location.reload(), takeOverMs)
  }
}
