import { EventEmitter } from 'node:events'
import type { Frame, Page } from '@playwright/test'
import type { Loopback } from './loopback.ts'

export interface FrameDouble {
  readonly url: string
  readonly parent: FrameDouble | null
}

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

/** The contents of one window: a real page, told to main in Electron's words. */
export class WebContentsDouble extends EventEmitter {
  readonly printed: object[] = []
  readonly openedWindows: { url: string; action: string }[] = []
  readonly #frames = new WeakMap<Frame, FrameDouble>()
  readonly #loopback: Loopback
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' })
  #page: Page | undefined

  constructor(loopback: Loopback) {
    super()
    this.#loopback = loopback
  }

  get page(): Page {
    if (!this.#page) throw new Error('nothing has been loaded')
    return this.#page
  }

  get mainFrame(): FrameDouble {
    return this.frame(this.page.mainFrame())
  }

  /** Always the same object for a frame, as in Electron. */
  frame(real: Frame): FrameDouble {
    const known = this.#frames.get(real)
    if (known) return known
    const { frame, loopback } = { frame: (each: Frame) => this.frame(each), loopback: this.#loopback }
    const made: FrameDouble = {
      get url() {
        return loopback.toCounter(real.url())
      },
      get parent() {
        const parent = real.parentFrame()
        return parent ? frame(parent) : null
      },
    }
    this.#frames.set(real, made)
    return made
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  print(options: object, done: (success: boolean) => void): void {
    this.printed.push(options)
    done(true)
  }

  /** Gives the page its doors: what it navigates to and opens is asked of main's listeners first. */
  async attach(page: Page): Promise<void> {
    this.#page = page
    let first = true
    await page.route('**/*', async (route) => {
      const request = route.request()
      // `loadURL` itself is main's own wish and raises no will-navigate.
      if (!request.isNavigationRequest() || (first && request.frame() === page.mainFrame())) {
        first = false
        return route.continue()
      }
      let prevented = false
      const isMainFrame = request.frame() === page.mainFrame()
      const event = { url: this.#loopback.toCounter(request.url()), isMainFrame, preventDefault: () => (prevented = true) }
      if (isMainFrame) this.emit('will-navigate', event)
      this.emit('will-frame-navigate', event)
      await (prevented ? route.abort('aborted') : route.continue())
    })
    page.on('popup', (popup) => {
      const url = this.#loopback.toCounter(popup.url())
      const { action } = this.#openHandler({ url })
      this.openedWindows.push({ url, action })
      if (action === 'deny') void popup.close()
    })
  }
}
