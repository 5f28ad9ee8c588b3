import { test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSite, policy, serveSite, type Site } from './site-server.ts'

interface WorkerFixtures {
  readonly built: string
  readonly site: Site
  /** The same site under a policy that forbids WebAssembly. */
  readonly siteWithoutWasm: Site
}

interface Fixtures {
  readonly keptPolicy: void
  /** Breaches of the policy that a test provokes on purpose. */
  readonly provoked: RegExp
}

/** Every page must keep the policy and throw nothing: whatever it did not provoke fails the test that met it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  provoked: [/$^/, { option: true }],
  built: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off its first parameter
    async ({}, use) => {
      const directory = await mkdtemp(join(tmpdir(), 'ikd-ui-'))
      await buildSite(directory)
      await use(directory)
      await rm(directory, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  site: [
    async ({ built }, use) => {
      const site = await serveSite(built, Number(process.env['IKD_UI_PORT'] ?? 0))
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
  siteWithoutWasm: [
    async ({ built }, use) => {
      const site = await serveSite(built, 0, policy.map((line) => line.replace(" 'wasm-unsafe-eval'", '')))
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
  keptPolicy: [
    async ({ page, provoked }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await use()
      base.expect(complaints.filter((text) => !provoked.test(text))).toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
