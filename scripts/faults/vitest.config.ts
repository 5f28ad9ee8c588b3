import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The long ones: `npm run test:faults` gives them a database each and as long as they need. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['server/**/*.faults.test.ts', 'models/**/*.faults.test.ts', 'resident-pwa/**/*.faults.test.ts', 'counter-app/**/*.faults.test.ts', 'scripts/**/*.faults.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    fileParallelism: false,
    testTimeout: 15 * 60_000,
    hookTimeout: 3 * 60_000,
  },
})
