import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { findPostgres } from '../setup/postgres.mjs'

// Not only for the PostgreSQL half: some suites start one of their own.
const programs = findPostgres()
if (programs !== undefined) process.env['IKD_POSTGRES_PROGRAMS'] = programs

/** The long ones: `npm run test:faults` gives them a database each and as long as they need. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['server/**/*.faults.test.ts', 'models/**/*.faults.test.ts', 'resident-pwa/**/*.faults.test.ts', 'counter-app/**/*.faults.test.ts', 'scripts/**/*.faults.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    ...(process.env['IKD_TEST_DATABASE'] === 'postgres' ? { globalSetup: 'server/src/testing/postgres-run.ts' } : {}),
    fileParallelism: false,
    testTimeout: 45 * 60_000,
    hookTimeout: 3 * 60_000,
  },
})
