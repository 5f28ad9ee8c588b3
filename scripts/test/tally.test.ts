import { describe, expect, it } from 'vitest'
import { lastLine, sum, tallyPlaywright, tallyVitest } from './tally.ts'

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 0, testResults: [] as object[] }
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] as object[] }

describe('the tally of a test run', () => {
  it('takes the numbers from the reports and never counts a skipped test as passed', () => {
    const all = sum([tallyVitest(vitest, 0), tallyPlaywright(playwright, 0)])
    expect(all).toEqual({ passed: 9, failed: 0, skipped: 2 })
    expect(lastLine(all)).toBe('9 passed, 0 failed, 2 skipped')
    expect(lastLine({ passed: 9, failed: 1, skipped: 0 })).toBe('9 passed, 1 failed')
  })

  it('counts a test file that could not be loaded as a failure', () => {
    expect(tallyVitest({ ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }, 1)).toMatchObject({ failed: 1 })
    expect(tallyPlaywright({ ...playwright, errors: [{}] }, 1)).toMatchObject({ failed: 1 })
  })

  it('does not count a file with failed tests twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]
    expect(tallyVitest({ ...vitest, numFailedTests: 1, testResults }, 1)).toMatchObject({ failed: 1 })
  })

  it('never calls a run good that ended badly or left no report', () => {
    expect(tallyVitest(vitest, 1).failed).toBe(1)
    expect(tallyPlaywright(playwright, 1).failed).toBe(1)
    expect(tallyVitest(undefined, 0).failed).toBe(1)
    expect(tallyPlaywright(undefined, 0).failed).toBe(1)
  })
})
