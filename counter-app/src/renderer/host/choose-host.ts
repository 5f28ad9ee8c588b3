import { type Bridge, bridgeName } from '../../ipc/contract.ts'
import { browserHost } from './browser-host.ts'
import type { Host } from './host.ts'

/** Electron when its preload has left the bridge, else the browser; the adapters load only where they are used. */
export async function chooseHost(page: Window): Promise<Host> {
  const bridge = (page as unknown as { readonly [bridgeName]?: Bridge })[bridgeName]
  if (!bridge) return browserHost(page)
  const { electronHost } = await import('./electron-host.ts')
  return electronHost(bridge)
}
