import type { Reporter, TestModule } from 'vitest/node'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { clusterNodes, ownNode } from './cluster'
import { triesPages } from './docs/tries-pages'
import { toolReport } from './tools'

/** Folder with real files and the generator of worlds, beside the project where there is one. */
const SHARED = resolve(import.meta.dirname, '../../shared')

/**
 * Closes a test run with one line that counts, and one for each thing that was left out and how to get it. In CI
 * (CI=true) a missing tool is a failure: nothing may be left out there.
 */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') counts[state]++
      }
      if (module.errors().length > 0) counts.failed++
    }
    const missing = toolReport()
      .filter(({ found }) => !found)
      .map(({ tool, get }) => `what is checked against ${tool} (get it with: ${get})`)
    if (ownNode() === null) {
      const what = clusterNodes().length > 0 ? 'faults of a node of this machine' : 'a run on a Slurm cluster'
      missing.push(`${what} (get one with: npm run test:slurm, as root; see CONTRIBUTING, "Slurm")`)
    }
    if (!triesPages) missing.push('the commands of the pages (npm run docs:try)')
    for (const what of missing) process.stdout.write(`left out: ${what}\n`)
    if (!existsSync(SHARED)) {
      process.stdout.write(
        'left out: tests on real files, which lie in a folder "shared" beside the project\n',
      )
    }
    if (missing.length > 0 && process.env.CI === 'true') {
      process.stdout.write('In CI nothing may be left out.\n')
      process.exitCode = 1
    }
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}
