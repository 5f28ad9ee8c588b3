import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { BrowserContext } from '@playwright/test'
import type { Loopback } from './loopback.ts'
import { type ExposedApi, exposeInPage, runPreload } from './preload.ts'
import { safeStorageDouble, type StorageBackend } from './safe-storage.ts'
import { type FrameDouble, WebContentsDouble } from './web-contents.ts'

export interface WindowOptions {
  readonly webPreferences?: { readonly preload?: string; readonly [name: string]: unknown }
  readonly [name: string]: unknown
}

export interface DoubleOptions {
  readonly context: BrowserContext
  readonly loopback: Loopback
  readonly userData: string
  readonly keyStore: StorageBackend
  readonly hasSecondDisplay: boolean
}

export interface WindowRecord {
  readonly options: WindowOptions
  readonly contents: WebContentsDouble
  contentProtection: boolean
  /** Settles once what was asked for has been loaded. */
  loaded: Promise<void>
}

type PermissionRequest = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { requestingUrl: string; isMainFrame: boolean; mediaTypes?: string[] }) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: { mediaType?: string }) => boolean
type IpcListener = (event: { sender: WebContentsDouble; senderFrame: FrameDouble | null }, ...args: unknown[]) => unknown

/** What main did to Electron, for tests to read. */
export interface ElectronRecord {
  readonly windows: WindowRecord[]
  readonly schemes: { readonly scheme: string; readonly privileges?: object }[]
  readonly errors: string[]
  permissionRequest: PermissionRequest | undefined
  permissionCheck: PermissionCheck | undefined
  isSandboxed: boolean
  exitCode: number | undefined
  /** Tells main that Electron is ready. */
  becomeReady(): void
  /** As a renderer's `ipcRenderer.invoke` from that frame. */
  invoke(contents: WebContentsDouble, frame: FrameDouble, channel: string, ...args: unknown[]): Promise<unknown>
}

/** The part of the `electron` module that main and preload import, over a real Chromium. */
export function createElectronDouble(options: DoubleOptions): { readonly module: object; readonly record: ElectronRecord } {
  const app = new EventEmitter()
  const ready = Promise.withResolvers<void>()
  const listeners = new Map<string, IpcListener>()
  const calling = new AsyncLocalStorage<{ contents: WebContentsDouble; frame: FrameDouble }>()

  const record: ElectronRecord = {
    windows: [],
    schemes: [],
    errors: [],
    permissionRequest: undefined,
    permissionCheck: undefined,
    isSandboxed: false,
    exitCode: undefined,
    becomeReady: () => ready.resolve(),
    async invoke(contents, frame, channel, ...args) {
      const listener = listeners.get(channel)
      if (!listener) throw new Error(`No handler registered for '${channel}'`)
      // As on the real wire: what cannot be cloned does not travel, and nobody shares objects.
      return structuredClone(await listener({ sender: contents, senderFrame: frame }, ...(structuredClone(args) as unknown[])))
    },
  }

  class BrowserWindow extends EventEmitter {
    readonly webContents = new WebContentsDouble(options.loopback)
    readonly #record: WindowRecord

    constructor(windowOptions: WindowOptions) {
      super()
      this.#record = { options: windowOptions, contents: this.webContents, contentProtection: false, loaded: Promise.resolve() }
      record.windows.push(this.#record)
      app.emit('web-contents-created', {}, this.webContents)
    }

    setContentProtection(enable: boolean): void {
      this.#record.contentProtection = enable
    }

    loadURL(url: string): Promise<void> {
      this.#record.loaded = this.#load(url)
      return this.#record.loaded
    }

    async #load(url: string): Promise<void> {
      const page = await options.context.newPage()
      await this.webContents.attach(page)
      const preload = this.#record.options.webPreferences?.preload
      if (preload) await exposeInPage(page, this.#world(preload), (frame, call) => calling.run({ contents: this.webContents, frame: this.webContents.frame(frame) }, call))
      await page.goto(options.loopback.fromCounter(url))
      this.emit('ready-to-show')
      page.on('close', () => this.emit('closed'))
    }

    /** Runs the preload as it was built; what it exposes is carried into the page. */
    #world(preload: string): ReadonlyMap<string, ExposedApi> {
      return runPreload(preload, module, (...args) => {
        const caller = calling.getStore()
        if (!caller) throw new Error('a preload may only call when its page does')
        const [channel, ...rest] = args
        return record.invoke(caller.contents, caller.frame, channel, ...rest)
      })
    }

    show(): void {}
    focus(): void {}
    restore(): void {}
    isMinimized(): boolean {
      return false
    }
    isDestroyed(): boolean {
      return this.webContents.page.isClosed()
    }
    destroy(): void {
      void this.webContents.page.close()
    }
  }

  const displays = [{ id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }, ...(options.hasSecondDisplay ? [{ id: 2, bounds: { x: 1366, y: 0, width: 1024, height: 600 } }] : [])]
  const module = {
    app: Object.assign(app, {
      whenReady: () => ready.promise,
      requestSingleInstanceLock: () => true,
      enableSandbox: () => (record.isSandboxed = true),
      getPath: () => options.userData,
      getVersion: () => '0.1.0',
      quit: () => undefined,
      exit: (code: number) => (record.exitCode = code),
    }),
    BrowserWindow,
    dialog: { showErrorBox: (_title: string, text: string) => record.errors.push(text) },
    ipcMain: { handle: (channel: string, listener: IpcListener) => void listeners.set(channel, listener) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: ElectronRecord['schemes']) => record.schemes.push(...schemes),
      handle: (_scheme: string, handler: Parameters<Loopback['handle']>[0]) => options.loopback.handle(handler),
    },
    safeStorage: safeStorageDouble(options.keyStore),
    screen: { getAllDisplays: () => displays, getPrimaryDisplay: () => displays[0] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: PermissionRequest) => (record.permissionRequest = handler),
        setPermissionCheckHandler: (handler: PermissionCheck) => (record.permissionCheck = handler),
        setDevicePermissionHandler: () => undefined,
      },
    },
  }
  return { module, record }
}
