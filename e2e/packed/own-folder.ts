import { test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownFolder } from '../window/faces'

/** Tests of the packed program, each with a folder of its own that the program can write to. */
export const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await ownFolder(await mkdtemp(join(tmpdir(), 'packed-')))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})
