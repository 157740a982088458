import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SPLITS } from '../src-shared/footprint/footprint'
import { gediDataset, onSample, temporaryFolder } from './command-line'

const ROOT = resolve(import.meta.dirname, '..')
const folder = temporaryFolder('archive')
/** When the datasets say they were made, so that they can be compared. */
const CREATED = 'SOURCE_DATE_EPOCH=1600000000'

/** Runs a program that knows nothing of this machine: no search path, no home folder. */
function bare(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('/usr/bin/env', ['-i', CREATED, ...words], {
    cwd: '/',
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return stdout
}

describe.skipIf(process.platform === 'win32')('the program in one archive', () => {
  it('unpacked anywhere and run with an empty environment, makes the same datasets as this one', async () => {
    execFileSync(process.execPath, [join(ROOT, 'scripts/archive.mjs'), join(folder, 'made')])
    const [archive] = readdirSync(join(folder, 'made'))
    expect(archive).toMatch(/^gedi-dataset-\d+\.\d+\.\d+-\w+-\w+\.tar\.gz$/)
    const home = join(folder, 'un packed')
    mkdirSync(home)
    execFileSync('tar', ['--extract', `--file=${join(folder, 'made', archive)}`, `--directory=${home}`])
    const [name] = readdirSync(home)
    expect(`${name}.tar.gz`).toBe(archive)
    const program = join(home, name, 'bin/gedi-dataset')
    symlinkSync(program, join(folder, 'linked'))
    expect(bare(join(folder, 'linked'), '--version')).toBe(bare(program, '--version'))

    bare(program, 'sample', '--output', join(folder, 'theirs'))
    process.env.SOURCE_DATE_EPOCH = '1600000000'
    expect(await gediDataset(...onSample('run', join(folder, 'ours')))).toMatchObject({ status: 0 })
    for (const split of SPLITS) {
      const [theirs, ours] = ['theirs', 'ours'].map((one) =>
        readFileSync(join(folder, one, `${split}_dataset.h5`)),
      )
      expect(theirs.equals(ours), split).toBe(true)
    }

    // What tasks of a cluster are called with is the program in the archive, with its own Node.
    const scripts = bare(program, 'slurm', 'script', '--output', join(folder, 'theirs'))
    expect(scripts).toContain(
      `exec '${join(home, name, 'node/node')}' '${join(home, name, 'dist/main/cli.js')}' batch`,
    )
    const notices = readFileSync(join(home, name, 'THIRD-PARTY-NOTICES.md'), 'utf8')
    expect(notices).toContain('\n## h5wasm ')
    const packages = readdirSync(join(home, name, 'node_modules'))
    expect(packages).toContain('h5wasm')
    for (const other of ['electron', 'react', 'maplibre-gl', 'vitest']) expect(packages).not.toContain(other)
  })
})
