import { lastLine } from '../../test/tally.ts'
import { runMutations } from './run.ts'

/** Prints a line for every protection taken out; 1 when a test did not notice. @param wanted numbers of promises; none means all */
export async function proveMutations(wanted: readonly string[]): Promise<number> {
  const words = { found: '✓', survived: '✗ nobody noticed', lame: '✗ fails with the protection too' }
  const results = await runMutations(wanted, ({ mutation, verdict, seconds }) => {
    console.log(`${words[verdict]} promise ${mutation.promise}: ${mutation.without} (${mutation.test}, ${seconds.toFixed(1)} s)`)
  })
  const failed = results.filter(({ verdict }) => verdict !== 'found').length
  console.log(`\n${lastLine({ passed: results.length - failed, failed, skipped: 0 })}`)
  return failed > 0 ? 1 : 0
}
