import { describe, expect, it } from 'vitest'
import { ofPlaywright, ofVitest, sum } from '../../electron/start/count.mjs'

const file = (status: string, passed: number, failed = 0) => ({
  status,
  assertionResults: [
    ...Array(passed).fill({ status: 'passed' }),
    ...Array(failed).fill({ status: 'failed' }),
  ],
})

describe('the closing line of npm test', () => {
  it('adds up what every runner counted', () => {
    expect(
      sum([
        { passed: 4, failed: 0 },
        { passed: 30, failed: 2 },
        { passed: 0, failed: 1 },
      ]),
    ).toEqual({ passed: 34, failed: 3, again: 0 })
  })

  it('counts a test file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 0,
      testResults: [file('passed', 3), file('failed', 0)],
    }
    expect(ofVitest(report)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a file whose set-up failed as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 0,
      testResults: [file('passed', 3), file('failed', 2)],
    }
    expect(ofVitest(report)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts failed tests once', () => {
    const report = { numPassedTests: 3, numFailedTests: 2, testResults: [file('failed', 3, 2)] }
    expect(ofVitest(report)).toEqual({ passed: 3, failed: 2 })
  })

  it('says which windows passed only at the second try, and counts an error outside of tests as a failure', () => {
    const windows = ofPlaywright({
      stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 0 },
      errors: [{}],
    })
    expect(windows).toEqual({ passed: 7, failed: 2, again: 2 })
    expect(sum([{ passed: 1, failed: 0 }, windows])).toEqual({ passed: 8, failed: 2, again: 2 })
  })
})
