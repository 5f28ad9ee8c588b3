import { defineConfig } from 'vitest/config'
import { findPostgres } from './scripts/setup/postgres.mjs'
import { databaseTests } from './scripts/test/database-tests.ts'

const programs = findPostgres()
// For tests that start a PostgreSQL of their own.
if (programs !== undefined) process.env['IKD_POSTGRES_PROGRAMS'] = programs
else console.warn('PostgreSQL tidak ada: pengujian server hanya di SQLite. · There is no PostgreSQL here: the server is tested on SQLite only.')

// The command line's `--exclude` does not reach into projects.
const slow = process.env['IKD_FULL'] === undefined ? ['**/*.full.test.ts'] : []
const exclude = ['**/node_modules/**', '**/dist/**', '**/e2e/**', '**/*.faults.test.ts', ...slow]

export default defineConfig({
  test: {
    // Two cores: real models and real databases share them.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['server/**/*.test.ts'],
          exclude,
          // Loading the server costs most of a second; a file leaves nothing behind that the next one would meet.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'others', include: ['models/**/*.test.ts', 'resident-pwa/**/*.test.ts', 'counter-app/**/*.test.ts', 'scripts/**/*.test.ts'], exclude },
      },
      // What touches a database runs once more, on the other one.
      ...(programs === undefined
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: databaseTests(),
                exclude,
                isolate: false,
                env: { IKD_TEST_DATABASE: 'postgres' },
                globalSetup: 'server/src/testing/postgres-run.ts',
              },
            },
          ]),
    ],
  },
})
