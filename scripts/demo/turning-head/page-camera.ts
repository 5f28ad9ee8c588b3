import type { Page } from '@playwright/test'
import { filmHead, type HeadFilm } from './film.ts'
import type { Head } from './head.ts'
import type { Action } from './stance.ts'

/**
 * A camera put in the place of a page's own: a canvas on which somebody does what the page tells them to. It reads the
 * instruction as it is shown, in the page's own words; nothing tells it what was asked but the screen.
 *
 * This is also an attack that no server can tell from a camera: see SECURITY.md.
 */
export interface PageCamera {
  /** In place of this page's camera from now on, and again after each load. */
  install(page: Page): Promise<void>
  /** Something flat and still, JPEG: a phone's screen, a photograph. */
  show(picture: Uint8Array): void
  /** A person. Another visit has other small movements, for the server knows the frames of the last one. */
  seat(head: Head, visit: number): Promise<void>
  /** How much light there is from now on; 1 is what the pictures were taken in. */
  light(share: number): void
}

type Sight = { readonly version: number; readonly visit: number; readonly light: number; readonly picture?: string; readonly film?: HeadFilm }

/** Words of the desk's instructions that tell them apart, as the resident hears them. */
const words: Readonly<Record<Action, string>> = { 'turn-left': 'kiri', 'turn-right': 'kanan', 'look-up': 'dagu', 'come-closer': 'dekatkan' }

export function createPageCamera(): PageCamera {
  let sight: Sight = { version: 0, visit: 0, light: 1 }
  return {
    async install(page) {
      // The page asks with the version it has, a few times a second, and hears of a newer one only.
      await page.exposeFunction('ikdTestCamera', (version: number) => (version === sight.version ? undefined : sight))
      await page.addInitScript(replaceCamera, words)
      await page.evaluate(replaceCamera, words)
    },
    show(picture) {
      sight = { version: sight.version + 1, visit: 0, light: sight.light, picture: Buffer.from(picture).toString('base64') }
    },
    async seat(head, visit) {
      sight = { version: sight.version + 1, visit, light: sight.light, film: await filmHead(head) }
    },
    light(share) {
      sight = { ...sight, version: sight.version + 1, light: share }
    },
  }
}

/** Runs in the page, so it holds all it needs. */
function replaceCamera(spoken: Readonly<Record<string, string>>): void {
  type Shown = { rest: ImageBitmap; actions: Record<string, ImageBitmap[]>; visit: number; light: number }
  // A page that is no secure context yet has no cameras to be replaced.
  if (!navigator.mediaDevices) return
  const ask = (globalThis as unknown as { ikdTestCamera: (version: number) => Promise<Sight | undefined> }).ikdTestCamera
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')
  let shown: Shown | undefined
  let version = -1
  let opened = 0
  let action = ''
  let share = 0
  let running: ReturnType<typeof setInterval> | undefined

  const bitmap = async (jpeg: string) => createImageBitmap(new Blob([Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' }))
  const look = async () => {
    const sight = await ask(version)
    if (!sight || sight.version === version) return
    version = sight.version
    const rest = await bitmap(sight.film?.rest ?? sight.picture ?? '')
    const actions: Record<string, ImageBitmap[]> = {}
    for (const [name, pictures] of Object.entries(sight.film?.actions ?? {})) actions[name] = await Promise.all(pictures.map(bitmap))
    shown = { rest, actions, visit: sight.visit, light: sight.light }
  }
  const instruction = (): string => {
    const search = (root: ParentNode): string => {
      for (const element of root.querySelectorAll('*')) {
        if (!element.shadowRoot) continue
        const told = element.shadowRoot.querySelector('.instruction')?.textContent ?? search(element.shadowRoot)
        if (told) return told
      }
      return ''
    }
    const told = search(document).toLowerCase()
    return Object.entries(spoken).find(([, word]) => told.includes(word))?.[0] ?? ''
  }
  const draw = (seconds: number, passed: number) => {
    if (!context || !shown) return
    const wanted = instruction()
    // Back to rest before anything else is begun, as people do; a head takes a second or more.
    if (wanted !== action) {
      share = Math.max(0, share - passed / 0.45)
      if (share === 0) action = wanted
    } else if (action !== '') share = Math.min(1, share + passed / 1.3)
    const pictures = shown.actions[action] ?? []
    const picture = pictures[Math.round(share * pictures.length) - 1] ?? shown.rest
    // Nobody who tries again sits to the pixel where they sat, and the server knows the frames of a moment ago.
    const visit = shown.visit + 0.29 * opened
    const sways = Object.keys(shown.actions).length > 0
    const wave = (period: number, shift: number) => (sways ? Math.sin((2 * Math.PI * seconds) / period + shift + visit * 1.7) : 0)
    const place = (step: number) => (sways ? ((visit * step) % 1) - 0.5 : 0)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#777'
    context.filter = `brightness(${shown.light})`
    context.fillRect(0, 0, 640, 480)
    context.translate(320 + 3 * wave(3.7, 0) + 4 * wave(11.3, 1) + 30 * place(0.618), 240 + 2.5 * wave(2.9, 2) + 3 * wave(9.1, 0.5) + 24 * place(0.414))
    context.rotate((Math.PI / 180) * (0.6 * wave(5.3, 1.1) + 4 * place(0.732)))
    const zoom = sways ? 1.1 * (1 + 0.006 * wave(4.3, 0.3) + 0.05 * place(0.236)) : 1
    context.scale(zoom, zoom)
    context.drawImage(picture, -320, -240, 640, 480)
  }
  navigator.mediaDevices.getUserMedia = async () => {
    await look()
    opened++
    clearInterval(running)
    const stream = canvas.captureStream(15)
    const began = performance.now()
    let last = began
    let ticks = 0
    running = setInterval(() => {
      const now = performance.now()
      // A page that was held up makes the head slower, never faster than heads go.
      draw(now / 1000, Math.min(0.15, (now - last) / 1000))
      last = now
      if (++ticks % 8 === 0) void look()
      if (stream.getTracks().every((track) => track.readyState === 'ended')) clearInterval(running)
    }, 66)
    return stream
  }
}
