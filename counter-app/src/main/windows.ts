import { BrowserWindow, type Rectangle, type Screen } from 'electron'
import { counterOrigin } from '../ipc/contract.ts'

const closedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  navigateOnDragDrop: false,
  // What lies behind a covered desk is for nobody to look up; whoever develops has the browser host.
  devTools: false,
  spellcheck: false,
} as const

/** The desk. Its picture is kept out of screenshots and screen sharing where the operating system can. */
export function openDeskWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    title: 'IKD — Loket',
    webPreferences: { ...closedPreferences, preload },
  })
  window.setContentProtection(true)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${counterOrigin}/`)
  return window
}

/** What the resident sees. No preload: this window has no bridge, and so no key, no printer and nothing to ask main for. */
export function openCustomerWindow(screen: Screen): { readonly window: BrowserWindow; readonly display: 'second' | 'same' } {
  const second = screen.getAllDisplays().find((display) => display.id !== screen.getPrimaryDisplay().id)
  const bounds: Partial<Rectangle> = second ? second.bounds : { width: 800, height: 600 }
  const window = new BrowserWindow({
    ...bounds,
    fullscreen: second !== undefined,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    title: 'IKD — Layar warga',
    webPreferences: closedPreferences,
  })
  window.setContentProtection(true)
  void window.loadURL(`${counterOrigin}/#/pelanggan`)
  return { window, display: second ? 'second' : 'same' }
}
