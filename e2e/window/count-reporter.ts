import type { Reporter, Suite } from '@playwright/test/reporter'

/** Closes a run with one line that counts. */
export default class CountReporter implements Reporter {
  private suite: Suite | null = null

  onBegin(_: unknown, suite: Suite): void {
    this.suite = suite
  }

  onEnd(): void {
    const tests = this.suite?.allTests() ?? []
    const count = (...outcomes: string[]): number =>
      tests.filter((one) => outcomes.includes(one.outcome())).length
    const line = `${count('expected', 'flaky')} passed, ${count('unexpected')} failed, ${count('skipped')} skipped`
    process.stdout.write(`${line}\n`)
  }
}
