import { describe, it } from 'vitest'
import { findPostgres } from '../setup/postgres.mjs'
import { awaitThat, descendants, living, type Relative, runNpm } from './npm-run.ts'

interface Interrupted {
  readonly command: readonly string[]
  /** What it has started when it is interrupted. */
  readonly once: RegExp
}

const runs: readonly Interrupted[] = [
  { command: ['test'], once: /typescript\/.*tsc/ },
  { command: ['run', 'journeys', '--', '--project=journeys', 'story.spec'], once: /chrom.*--type=renderer/ },
  ...(findPostgres() === undefined ? [] : [{ command: ['run', 'test:faults', '--', 'fuzz', '--database', 'postgres'], once: /postgres.* -D / }]),
]

// Windows sends no signals to others; what holds there is said in setup/parent.mjs.
describe.skipIf(process.platform === 'win32')('a run whose npm alone is interrupted', () => {
  for (const { command, once } of runs) {
    it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(`npm ${command.join(' ')}: %s leaves no process behind, no browser and no PostgreSQL`, async (signal) => {
      const npm = runNpm(command)
      let family: readonly Relative[] = []
      try {
        await awaitThat(() => (family = descendants(npm.pid)).some(({ program }) => once.test(program)), 240_000, npm.said)
        process.kill(npm.pid, signal)
        await awaitThat(() => living(family).length === 0, 20_000, () => living(family).map(({ program }) => program.slice(0, 120)).join('\n'))
      } finally {
        npm.sweep()
      }
    }, 280_000)
  }
})
