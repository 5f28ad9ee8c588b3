import { defineConfig } from '@playwright/test'
import { type EngineName, engineNames } from './scripts/journeys/engines/engine.ts'
import { type DeskHost, findElectron } from './scripts/journeys/stage/desk-host.ts'
import { findChromium } from './scripts/setup/browser.mjs'

const executablePath = findChromium()

/** Slow files end in `.full.spec.ts` and run in projects of their own, with `npm run test:full`. */
const folders = { journeys: 'scripts/journeys', counter: 'counter-app/e2e', resident: 'resident-pwa/e2e', ui: 'resident-pwa/ui/e2e' }
const standard = Object.entries(folders).map(([name, testDir]) => ({ name, testDir, testMatch: '**/*.spec.ts', testIgnore: ['**/*.full.spec.ts', '**/journeys/engines/**'] }))
/**
 * The story once more with the counter in Electron: the real one wherever its binary is, and in the full run its own code under
 * the double. (The double's own specs stand with the counter's, in every run.)
 */
const inElectron = [
  ...(process.env['IKD_FULL'] ? [{ name: 'journeys-under-double', deskHost: 'electron-double' as const }] : []),
  ...(findElectron() ? [{ name: 'journeys-in-electron', deskHost: 'electron' as const }] : []),
].map(({ name, deskHost }) => ({ name, testDir: folders.journeys, testMatch: '**/story.spec.ts', use: { deskHost } }))
/** The short story once in every engine; first, for a long file that begins last keeps one of two workers idle. */
const engines = engineNames.map((engineName) => ({ name: `engine-${engineName}`, testDir: 'scripts/journeys/engines', testMatch: '**/*.spec.ts', use: { engineName } }))
const slow = Object.entries(folders).map(([name, testDir]) => ({ name: `${name}-full`, testDir, testMatch: '**/*.full.spec.ts' }))

export default defineConfig<object, { deskHost: DeskHost; engineName: EngineName }>({
  projects: process.env['IKD_FULL'] ? [...engines, ...standard, ...inElectron, ...slow] : [...engines, ...standard, ...inElectron],
  outputDir: 'test-results',
  // Two cores: while one file waits for a mail, a camera or a second to pass, another has work for them.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // Root has no user namespaces for Chromium's sandbox.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
