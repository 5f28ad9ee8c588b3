import { Observed } from '../holder/observed.ts'

/** The address bar: same-origin links and `go` change the path without loading the page again. */
export class Navigator {
  readonly path: Observed<string>
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
    this.path = new Observed(window.location.pathname)
    window.addEventListener('popstate', () => this.path.set(window.location.pathname))
    window.addEventListener('click', (event) => this.#follow(event))
  }

  /** To the path one is at, too: what stands there may have changed, as after consent. */
  go(path: string): void {
    if (path !== this.path.value) this.#window.history.pushState(undefined, '', path)
    this.path.set(path)
    this.#window.scrollTo(0, 0)
  }

  /** Like `go`, without a way back: for a step that must not be repeated. */
  replace(path: string): void {
    this.#window.history.replaceState(undefined, '', path)
    this.path.set(path)
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
    if (!link || link.target !== '' || link.hasAttribute('download') || link.origin !== this.#window.location.origin) return
    event.preventDefault()
    this.go(link.pathname)
  }
}
