import { join } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, protocol, safeStorage, screen, session } from 'electron'
import { contentSecurityPolicy } from './csp.ts'
import { answerChannels, type Handlers } from './ipc.ts'
import { lockContents, lockPermissions } from './lockdown.ts'
import { counterScheme, rendererFiles } from './renderer-files.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { openCustomerWindow, openDeskWindow } from './windows.ts'
import { workstationKey } from './workstation-key.ts'

// Built to counter-app/.vite/build; the renderer lies in counter-app/dist.
const rendererDirectory = join(__dirname, '..', '..', 'dist')
const preload = join(__dirname, 'preload.cjs')

let desk: BrowserWindow | undefined
let customer: BrowserWindow | undefined

// Both must come before `ready`.
protocol.registerSchemesAsPrivileged([counterScheme])
app.enableSandbox()

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (desk?.isMinimized()) desk.restore()
    desk?.focus()
  })
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(start)
} else {
  app.quit()
}

function start(): void {
  let settings: Settings
  try {
    settings = readSettings(process.argv, app.getPath('userData'))
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    dialog.showErrorBox('IKD', error.message)
    app.exit(1)
    return
  }
  lockPermissions(session.defaultSession)
  protocol.handle('ikd', rendererFiles(rendererDirectory, contentSecurityPolicy(settings.serverUrl)))
  answerChannels({
    ipcMain,
    ownContents: () => (desk?.isDestroyed() ? undefined : desk?.webContents),
    handlers: deskHandlers(settings),
    onSurprise: (channel, error) => console.error(`ipc ${channel}:`, error instanceof Error ? error.name : 'unknown'),
  })
  desk = openDeskWindow(preload)
  desk.on('closed', () => {
    desk = undefined
    customer?.destroy()
  })
}

function deskHandlers(settings: Settings): Handlers {
  const key = workstationKey({
    path: join(app.getPath('userData'), 'workstation-key'),
    safeStorage,
    platform: process.platform,
    serverUrl: settings.serverUrl,
  })
  return {
    startup: async () => ({ ...settings }),
    workstationKey: () => key.publicKey(),
    signProof: async ({ signingInput }) => ({ signature: Buffer.from(await key.signProof(signingInput)).toString('base64url') }),
    printPage: () =>
      new Promise((resolve) => {
        if (desk) desk.webContents.print({ silent: false, printBackground: false }, (printed) => resolve({ printed }))
        else resolve({ printed: false })
      }),
    health: async () => ({
      // Linux has no way to keep a window out of a screenshot.
      contentProtection: process.platform !== 'linux',
      displays: screen.getAllDisplays().length,
      platform: process.platform,
      version: app.getVersion(),
    }),
    openCustomerDisplay: async () => {
      customer?.destroy()
      const opened = openCustomerWindow(screen)
      customer = opened.window
      customer.on('closed', () => {
        customer = undefined
      })
      return { display: opened.display }
    },
  }
}
