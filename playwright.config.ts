import { defineConfig } from '@playwright/test'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceOptions } from './e2e/window/fixtures'

/** Journeys through the window, the same in the browser and in Electron; `node e2e/window/run.mjs` starts them. */
export default defineConfig<FaceOptions>({
  testDir: 'e2e/window',
  testMatch: '*.spec.ts',
  outputDir: process.env.E2E_OUTPUT ?? join(tmpdir(), 'gedi-dataset-studio-journeys'),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./e2e/window/count-reporter.ts']],
  use: { actionTimeout: 20_000, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'chromium', use: { face: 'served' } },
    { name: 'electron', use: { face: 'desktop' } },
  ],
})
