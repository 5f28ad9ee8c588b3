import sharp from 'sharp'
import { decodeQr } from '../stage/film.ts'
import { screenSize, type Tab } from './engine.ts'
import { choose, locate, type Place, plays, readAll, type Role } from './locate.ts'

/** What a person does with a page, in whichever engine; everything waits for what it needs. */
export interface Page {
  open(url: string): Promise<void>
  reload(): Promise<void>
  press(role: Role, name: string): Promise<void>
  /** Presses the field and types. */
  fill(name: string, text: string): Promise<void>
  choose(name: string, option: string): Promise<void>
  /** Until it is in the page's text. */
  reads(text: string, withinMs?: number): Promise<void>
  /** Until there is something of that kind and name in sight. */
  shows(role: Role, name: string, withinMs?: number): Promise<void>
  /** Until the camera's pictures come. */
  films(): Promise<void>
  /** What the pattern's first group catches in the page's text, once it is there. */
  find(pattern: RegExp): Promise<string>
  /** The text of a QR, read off the screen's pixels. */
  readQr(name: string): Promise<string>
  evaluate: Tab['evaluate']
  complaints(): readonly string[]
  /** As PNG. */
  screenshot(): Promise<Buffer>
}

const intervalMs = 50
const usuallyMs = 20_000

export function pageOf(tab: Tab): Page {
  /** Until `look` has an answer; then says what is on the page instead of what was wanted. */
  async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = usuallyMs): Promise<T> {
    const end = Date.now() + withinMs
    for (;;) {
      const found = await look()
      if (found !== undefined) return found
      if (Date.now() > end) throw new Error(`no ${what} in ${withinMs / 1000} s; the page says: ${await read()}; its console: ${tab.complaints().join(' · ')}`)
      await new Promise((resolve) => setTimeout(resolve, intervalMs))
    }
  }

  const read = () => tab.evaluate(readAll, undefined)
  const find = async (role: Role, name: string) => (await tab.evaluate(locate, { role, name })) ?? undefined

  /** In reach, and where it was a moment ago: what still moves is pressed in vain. */
  function settled(role: Role, name: string): Promise<Place> {
    let before: Place | undefined
    return until(`${role} “${name}” to press`, async () => {
      const now = await find(role, name)
      const still = now?.reachable && now.enabled && now.x === before?.x && now.y === before.y
      before = now
      return still ? now : undefined
    })
  }

  async function press(role: Role, name: string): Promise<void> {
    const { x, y, width, height } = await settled(role, name)
    await tab.press(x + width / 2, y + height / 2)
  }

  return {
    open: (url) => tab.open(url),
    reload: () => tab.reload(),
    press,
    async fill(name, text) {
      await press('textbox', name)
      await tab.type(text)
    },
    choose: async (name, option) => void (await until(`“${option}” in “${name}”`, async () => (await tab.evaluate(choose, { name, option })) || undefined)),
    reads: async (text, withinMs) => void (await until(`“${text}”`, async () => (await read()).includes(text) || undefined, withinMs)),
    shows: async (role, name, withinMs) => void (await until(`${role} “${name}”`, () => find(role, name), withinMs)),
    films: async () => void (await until('pictures of a camera', async () => (await tab.evaluate(plays, undefined)) || undefined)),
    find: (pattern) => until(String(pattern), async () => pattern.exec(await read())?.[1]),
    async readQr(name) {
      const { x, y, width, height } = await settled('img', name)
      const screen = sharp(await tab.screenshot())
      const scale = ((await screen.metadata()).width ?? screenSize.width) / screenSize.width
      const [left, top, right, bottom] = [x, y, x + width, y + height].map((edge) => Math.round(edge * scale)) as [number, number, number, number]
      return decodeQr(await screen.extract({ left, top, width: right - left, height: bottom - top }).png().toBuffer())
    },
    evaluate: (work, argument) => tab.evaluate(work, argument),
    complaints: () => tab.complaints(),
    screenshot: () => tab.screenshot(),
  }
}
