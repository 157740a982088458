import { configDefaults, defineConfig } from 'vitest/config'
import { triesPages } from './e2e/docs/tries-pages'

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'e2e/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(triesPages ? [] : ['e2e/docs/commands.test.ts'])],
    testTimeout: 300_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './e2e/left-out-reporter.ts'],
  },
})
