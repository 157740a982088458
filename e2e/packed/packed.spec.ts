import { expect } from '@playwright/test'
import { listPackage, statFile } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Window } from '../window/window-page'
import { test } from './own-folder'
import {
  faultsOf,
  PACKED,
  PROGRAM,
  SAMPLE,
  sampleToDatasets,
  spawnPacked,
  startPacked,
} from './packed-program'

/**
 * Milliseconds from the command to a page that can be used, the quicker of two starts. The goal is 3000 on a machine that
 * does nothing else; machines that test are busy, so this catches only what has become slow by far.
 */
const START_MS = 10_000

const ARCHIVE = join(PACKED, 'resources/app.asar')
/** How a fuse that is on stands in the program: the digit 1. */
const ON = '1'.charCodeAt(0)

test('the fuses are set so that the program runs nothing but itself', async () => {
  const wire = await getCurrentFuseWire(PROGRAM)
  const states = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ].map((option) => [FuseV1Options[option], Number(wire[option]) === ON])
  expect(Object.fromEntries(states)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    // Linux has nothing to check the archive against.
    EnableEmbeddedAsarIntegrityValidation: false,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  })
})

test('inside is only what the program needs', () => {
  const names = listPackage(ARCHIVE, { isPack: false })
  const own = names.filter((name) => !name.startsWith('/node_modules'))
  const parts = new Set(own.map((name) => name.split('/')[1]))
  expect([...parts].sort()).toEqual(['assets', 'dist', 'docs', 'package.json'])
  expect(own.filter((name) => /\.(tsx?|map)$|\.(test|spec)\.|src-/.test(name))).toEqual([])
  const packages = new Set(
    names.flatMap((name) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1] ?? []),
  )
  for (const name of ['electron', 'vitest', 'typescript', 'react', '@playwright/test', 'electron-builder'])
    expect(packages).not.toContain(name)
  const bindings = [...packages].filter((name) => name.startsWith('@duckdb/node-bindings-'))
  expect(bindings).toEqual([`@duckdb/node-bindings-linux-${process.arch}`])
  expect(names.filter((name) => /\.(d\.[cm]?ts|map)$/.test(name))).toEqual([])
})

test('native code, sample and documentation are files of their own, and the notices are there', async () => {
  const native = `node_modules/@duckdb/node-bindings-linux-${process.arch}/duckdb.node`
  for (const name of [native, 'assets/sample/world.json', 'docs/settings.md']) {
    expect(statFile(ARCHIVE, name)).toMatchObject({ unpacked: true })
    expect(existsSync(join(PACKED, 'resources/app.asar.unpacked', name))).toBe(true)
  }
  const notices = await readFile(join(PACKED, 'THIRD-PARTY-NOTICES.md'), 'utf8')
  for (const name of ['@duckdb/node-api', 'h5wasm', 'react', 'maplibre-gl', 'vega'])
    expect(notices).toContain(`\n## ${name} `)
  for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
    expect(statSync(join(PACKED, name)).size).toBeGreaterThan(500)
})

test('the sample goes to finished datasets; its folder opens by a second start and by the command line', async ({
  folder,
}) => {
  const starts: number[] = []
  const began = Date.now()
  const first = await startPacked(folder)
  const faults = faultsOf(first.page)
  try {
    const window = new Window(first.page, 'desktop', null)
    await expect(window.button('Open sample project')).toBeVisible()
    starts.push(Date.now() - began)
    await sampleToDatasets(window, folder)

    await window.button('Close project').click()
    await expect(window.button('Open sample project')).toBeVisible()
    const second = spawnPacked(folder, [join(folder, SAMPLE, 'project.json')])
    expect(await new Promise((done) => second.once('exit', done))).toBe(0)
    await window.stageIs('Fuse', 'done')
  } finally {
    await first.close()
  }
  const beganAgain = Date.now()
  const again = await startPacked(folder, [join(folder, SAMPLE)])
  try {
    const window = new Window(again.page, 'desktop', null)
    await expect(window.stage('Fuse')).toBeVisible()
    starts.push(Date.now() - beganAgain)
    await window.stageIs('Fuse', 'done')
  } finally {
    await again.close()
  }
  process.stdout.write(`the packed program starts in ${starts.join(' and ')} ms\n`)
  expect(Math.min(...starts)).toBeLessThan(START_MS)
  expect(faults).toEqual([])
})
