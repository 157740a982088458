import { defineConfig } from '@playwright/test'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceOptions } from './e2e/window/fixtures'

/** A shared machine may be a few times slower than one's own; what waits for something passes as soon as it is there. */
const PATIENCE = process.env.CI === 'true' ? 2 : 1

/** Journeys through the window, the same in the browser and in Electron; `node e2e/window/run.mjs` starts them. */
export default defineConfig<FaceOptions>({
  testDir: 'e2e/window',
  testMatch: '*.spec.ts',
  outputDir: process.env.E2E_OUTPUT ?? join(tmpdir(), 'gedi-dataset-studio-journeys'),
  workers: 1,
  fullyParallel: false,
  // A machine that is busy with other things may be late once; what failed and then passed is listed as flaky.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 240_000 * PATIENCE,
  expect: { timeout: 30_000 * PATIENCE },
  reporter: [['list'], ['./e2e/window/count-reporter.ts']],
  use: { actionTimeout: 30_000 * PATIENCE, trace: 'on-first-retry', screenshot: 'only-on-failure' },
  projects: [
    { name: 'chromium', use: { face: 'served' } },
    { name: 'electron', use: { face: 'desktop' } },
    // The packed program; node e2e/packed/run.mjs makes it first.
    { name: 'packed', testDir: 'e2e/packed' },
  ],
})
