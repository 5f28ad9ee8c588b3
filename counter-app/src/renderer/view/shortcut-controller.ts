import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { heardEverywhere, isOurKey, type Shortcut, shortcutOf } from './shortcuts.ts'

export type ShortcutHandlers = { readonly [S in Shortcut]?: () => void }

/** Listens for the shortcuts while its element is in the page; a modal dialog in front keeps all but the lock from what lies behind. */
export class ShortcutController implements ReactiveController {
  readonly #handlers: ShortcutHandlers

  constructor(host: ReactiveControllerHost, handlers: ShortcutHandlers) {
    this.#handlers = handlers
    host.addController(this)
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#pressed)
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#pressed)
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (!isOurKey(event)) return
    event.preventDefault()
    const shortcut = shortcutOf(event)
    if (shortcut && (heardEverywhere.includes(shortcut) || !isInDialog(event))) this.#handlers[shortcut]?.()
  }
}

/** A modal dialog makes everything else inert, so a key press comes from inside it. */
function isInDialog(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof HTMLDialogElement && target.open)
}
