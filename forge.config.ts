import { resolve } from 'node:path'
import { MakerZIP } from '@electron-forge/maker-zip'
import { FusesPlugin } from '@electron-forge/plugin-fuses'
import { VitePlugin } from '@electron-forge/plugin-vite'
import type { ForgeConfig } from '@electron-forge/shared-types'
import { FuseV1Options, FuseVersion } from '@electron/fuses'
import { build } from 'vite'

const config: ForgeConfig = {
  packagerConfig: {
    name: 'IKD Loket',
    executableName: 'ikd-loket',
    appBundleId: 'id.ikd.counter',
    asar: true,
    // Built files only: no sources, no dependencies (all are bundled), nothing of the server.
    ignore: (path) => path !== '' && !isPackaged(path),
  },
  makers: [new MakerZIP({}, ['darwin', 'linux', 'win32'])],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'counter-app/src/main/main.ts', config: 'counter-app/vite.main.config.ts', target: 'main' },
        { entry: 'counter-app/src/preload/preload.ts', config: 'counter-app/vite.preload.config.ts', target: 'preload' },
      ],
      // The renderer is built once for both hosts, by the hook below, and served under ikd://counter/ from its files.
      renderer: [],
    }),
    // Every fuse by name. `strictlyRequireAllFuses` fails the build when an Electron brings one nobody has decided about.
    new FusesPlugin({
      version: FuseVersion.V1,
      strictlyRequireAllFuses: true,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.WasmTrapHandlers]: true,
    }),
  ],
  hooks: {
    generateAssets: async () => {
      await build({ configFile: resolve(import.meta.dirname, 'counter-app/vite.config.ts') })
    },
  },
}

/** `path` begins with a slash and is relative to the project; a folder must pass for what lies in it to be looked at. */
export function isPackaged(path: string): boolean {
  return (
    ['/package.json', '/counter-app', '/counter-app/.vite', '/counter-app/dist'].includes(path) ||
    /^\/counter-app\/(\.vite|dist)\//.test(path)
  )
}

export default config
