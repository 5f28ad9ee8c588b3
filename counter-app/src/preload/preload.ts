import { contextBridge, ipcRenderer } from 'electron'
import { bridgeName, channelNames, wireName } from '../ipc/contract.ts'

// One function per channel of the contract: the page can name no channel, and never sees an Electron event or object.
contextBridge.exposeInMainWorld(
  bridgeName,
  Object.fromEntries(channelNames.map((name) => [name, (request: unknown) => ipcRenderer.invoke(wireName(name), request)])),
)
