import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WebKitPrograms } from '../../setup/engines.mjs'
import { findFreePort } from '../stage/ports.ts'
import { complaining, findComplaint } from './complaints.ts'
import { type Engine, patienceMs, screenSize, type Tab } from './engine.ts'
import { keep, type KeptProgram } from './kept-program.ts'
import { makeHome } from './throwaway.ts'
import { within } from './within.ts'

const window = fileURLToPath(new URL('window.py', import.meta.url))

/** WebKitGTK by its own driver, spoken to as WebDriver says (W3C WebDriver §8): to each browser a driver, and a screen that nobody else has the focus of. */
export function openWebKit(programs: WebKitPrograms): Engine {
  const browsers: Promise<Tab>[] = []
  return {
    openBrowser() {
      const browser = openBrowser(programs)
      browsers.push(browser)
      return browser
    },
    close: async () => void (await Promise.allSettled(browsers.map(async (browser) => (await browser).close()))),
  }
}

async function openBrowser({ driver, python, display }: WebKitPrograms): Promise<Tab> {
  const { folder, forget } = await makeHome('webkit')
  const screen = keep(display, ['-displayfd', '1', '-screen', '0', '1024x900x24', '-nolisten', 'tcp'])
  const preload = join(folder, 'preload.js')
  await writeFile(preload, complaining)
  const port = await findFreePort()
  const program = keep(driver, [`--port=${port}`], {
    DISPLAY: `:${await screen.says(/^(\d+)$/m)}`,
    // The driver's own words are English wherever it runs; time is where the phone is.
    LANG: 'C.UTF-8',
    TZ: 'Asia/Jakarta',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    XDG_DATA_HOME: folder,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
  })
  const close = async () => {
    await Promise.all([program.end(), screen.end()])
    await forget()
  }
  try {
    const args = [window, '--profile', folder, '--preload', preload, '--width', String(screenSize.width), '--height', String(screenSize.height)]
    const session = await newSession(`http://127.0.0.1:${port}`, { 'webkitgtk:browserOptions': { binary: python, args } })
    return tabOf(session, program, close)
  } catch (error) {
    await close()
    throw new Error(`WebKit did not open: ${program.output()}`, { cause: error })
  }
}

type Command = (method: 'POST' | 'DELETE' | 'GET', path: string, body?: object) => Promise<unknown>

async function newSession(driver: string, alwaysMatch: object): Promise<Command> {
  // The driver says nothing when it is ready.
  for (let tries = 0; !(await fetch(`${driver}/status`, { signal: AbortSignal.timeout(patienceMs) }).then(({ ok }) => ok, () => false)); tries++) {
    if (tries === 100) throw new Error('the driver does not answer')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { sessionId } = (await command(driver, 'POST', '/session', { capabilities: { alwaysMatch } })) as { sessionId: string }
  return (method, path, body) => command(driver, method, `/session/${sessionId}${path}`, body)
}

async function command(driver: string, method: string, path: string, body?: object): Promise<unknown> {
  const asked = async () => {
    const answer = await fetch(driver + path, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
    const { value } = (await answer.json()) as { value: unknown }
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
  return within(patienceMs, `WebKit: ${method} ${path} ${JSON.stringify(body)?.slice(0, 200)}`, asked())
}

function tabOf(send: Command, program: KeptProgram, close: () => Promise<void>): Tab {
  return {
    open: async (url) => void (await send('POST', '/url', { url })),
    reload: async () => void (await send('POST', '/refresh', {})),
    async evaluate<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>> {
      return (await send('POST', '/execute/sync', { script: `return (${work.toString()})(arguments[0])`, args: [argument ?? null] })) as Awaited<Result>
    },
    press: (x, y) => act(send, 'pointer', [{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]),
    type: (text) => act(send, 'key', [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }])),
    screenshot: async () => Buffer.from((await send('GET', '/screenshot')) as string, 'base64'),
    complaints: () => program.output().split('\n').map(findComplaint).filter((said) => said !== undefined),
    close,
  }
}

/** One device's actions, then its state forgotten. */
async function act(send: Command, type: 'pointer' | 'key', actions: readonly object[]): Promise<void> {
  await send('POST', '/actions', { actions: [{ type, id: type, ...(type === 'pointer' && { parameters: { pointerType: 'mouse' } }), actions }] })
}
