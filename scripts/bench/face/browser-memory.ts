import { readFile } from 'node:fs/promises'
import type { Browser } from '@playwright/test'

/**
 * Bytes that a browser's pages hold in memory, their workers included: what Linux says of the processes that draw them.
 * Undefined elsewhere.
 */
export async function pageMemory(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const pages = processInfo.filter(({ type }) => type === 'renderer')
    const held = await Promise.all(pages.map(({ id }) => residentBytes(id)))
    return held.reduce((sum, one) => sum + one, 0)
  } finally {
    await session.detach()
  }
}

/** proc(5): the line `VmRSS`, in kilobytes of 1,024. A process that has just ended holds nothing. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
}
