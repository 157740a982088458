import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ERROR_TAGS } from '../../src-shared/errors/tags'
import { flagOf } from '../../src-shared/settings/flags'
import { SETTING_KEYS } from '../../src-shared/settings/settings'
import { MARKDOWN, PAGES, ROOT, textOf } from './pages'
import { allCommands, idleCommandLine } from './reading'

/** Flags of other programs that the pages name, and those of the benchmarks. */
const FOREIGN = [
  '--dependency',
  '--qos',
  '--constraint',
  '--label',
  '--only',
  '--record',
  '--large',
  '--help',
  // npm
  '--prefix',
  // electron-builder
  '--linux',
  // scripts/simulate-scaling.mjs
  '--node',
  '--train',
  '--test',
  '--batches-per-task',
  '--write',
]

const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})

/** Names between backquotes in the first column of the tables of a page. */
function namesInFirstColumn(page: string): string[] {
  const cells = textOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1] ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

/** The anchors that a page's headings have. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the pages', () => {
  it.each(MARKDOWN)('%s links to what is there', (page) => {
    const text = textOf(page).replaceAll(/^```[^]*?^```$/gm, '')
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor = ''] = target.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(ROOT, file))) return true
        return anchor !== '' && !anchorsOf(file).includes(anchor)
      })
    expect(broken).toEqual([])
  })

  it.each(PAGES)('%s names flags that the program has', (page) => {
    const known = new Set([
      ...allCommands(idleCommandLine()).flatMap(({ options }) => options.map(({ long }) => long)),
      ...FOREIGN,
    ])
    const named = textOf(page).match(/(?<=^|[\s`(])--[a-z][a-z0-9-]*[a-z0-9]/gm) ?? []
    expect([...new Set(named)].filter((flag) => !known.has(flag))).toEqual([])
  })

  it('have every setting, and every error with what to do about it', () => {
    const settings = textOf('docs/settings.md')
    expect(SETTING_KEYS.filter((key) => !settings.includes(`\`--${flagOf(key)}\``))).toEqual([])
    const tags = Object.keys(ERROR_TAGS)
    expect(namesInFirstColumn('docs/errors.md')).toEqual(tags)
    const troubles = textOf('docs/troubleshooting.md')
    expect(tags.filter((tag) => !troubles.includes(`\`${tag}\``))).toEqual([])
  })

  it('say of the threat model only tests that are there', () => {
    const tests = textOf('docs/security.md').match(/`[\w/-]+\.(test|spec)\.ts`/g) ?? []
    expect(tests.length).toBeGreaterThan(15)
    expect(tests.filter((name) => !existsSync(join(ROOT, name.slice(1, -1))))).toEqual([])
  })

  it('give the reason of every package, and of no other', () => {
    const { dependencies, devDependencies } = packageSchema.parse(
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
    )
    const packages = [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort()
    expect(namesInFirstColumn('docs/decisions/026-dependencies.md').sort()).toEqual(packages)
  })
})
