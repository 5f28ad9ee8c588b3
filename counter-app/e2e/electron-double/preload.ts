import type { Frame, Page } from '@playwright/test'
import { requireUnderDouble } from './require.ts'

export type ExposedApi = Readonly<Record<string, (...args: unknown[]) => unknown>>

/** Runs a built preload in Node, with `contextBridge` and `ipcRenderer` of the double. @returns what it exposed, by name */
export function runPreload(path: string, main: object, invoke: (channel: string, ...args: unknown[]) => Promise<unknown>): ReadonlyMap<string, ExposedApi> {
  const exposed = new Map<string, ExposedApi>()
  requireUnderDouble(path, {
    ...main,
    contextBridge: { exposeInMainWorld: (name: string, api: ExposedApi) => void exposed.set(name, api) },
    ipcRenderer: { invoke },
  })
  return exposed
}

/**
 * Puts what a preload exposed into the page, as `contextBridge` does: functions only, arguments by value. Unlike Electron it
 * also reaches frames inside the page, which makes the check of the sender's frame testable.
 *
 * @param asFrame runs a call on behalf of the frame that made it
 */
export async function exposeInPage(page: Page, exposed: ReadonlyMap<string, ExposedApi>, asFrame: <T>(frame: Frame, call: () => T) => T): Promise<void> {
  const names: Record<string, string[]> = {}
  for (const [world, api] of exposed) {
    names[world] = Object.keys(api)
    for (const [name, call] of Object.entries(api)) {
      await page.exposeBinding(`__electron_${world}_${name}`, ({ frame }, ...args: unknown[]) => asFrame(frame, () => call(...args)))
    }
  }
  await page.addInitScript((worlds) => {
    for (const [world, functions] of Object.entries(worlds)) {
      const page = globalThis as unknown as Record<string, (...args: unknown[]) => unknown>
      const api = Object.fromEntries(functions.map((name) => [name, (...args: unknown[]) => page[`__electron_${world}_${name}`]?.(...args)]))
      Object.defineProperty(globalThis, world, { value: Object.freeze(api) })
    }
  }, names)
}
