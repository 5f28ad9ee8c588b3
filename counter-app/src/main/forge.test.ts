import { FuseV1Options } from '@electron/fuses'
import { expect, it } from 'vitest'
import config, { isPackaged } from '../../../forge.config.ts'

it('names every fuse this Electron has, and requires it of the next', () => {
  const plugin = config.plugins?.find((each) => 'name' in each && each.name === 'fuses') as { fusesConfig?: Record<string, unknown> } | undefined
  const fuses = plugin?.fusesConfig ?? {}
  const all = Object.values(FuseV1Options).filter((value): value is number => typeof value === 'number')
  expect(all.length).toBeGreaterThanOrEqual(9)
  for (const fuse of all) expect(fuses[String(fuse)], FuseV1Options[fuse]).toBeTypeOf('boolean')
  expect(fuses['strictlyRequireAllFuses']).toBe(true)
  expect(fuses[String(FuseV1Options.RunAsNode)]).toBe(false)
  expect(fuses[String(FuseV1Options.OnlyLoadAppFromAsar)]).toBe(true)
})

it('packs built files only', () => {
  for (const path of ['/package.json', '/counter-app', '/counter-app/dist/assets/app.js', '/counter-app/.vite/build/main.cjs']) expect(isPackaged(path), path).toBe(true)
  for (const path of ['/server', '/counter-app/src/main/main.ts', '/node_modules/electron', '/counter-app/e2e', '/.data']) expect(isPackaged(path), path).toBe(false)
})
