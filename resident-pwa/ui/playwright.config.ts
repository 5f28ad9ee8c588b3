import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'

const debian = '/usr/bin/chromium'

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 30_000,
  forbidOnly: true,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(existsSync(debian) ? { executablePath: debian } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
})
