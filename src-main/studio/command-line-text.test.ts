import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { NO_SOURCES, type Project } from '../../src-shared/run/project'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { commandLine } from './command-line-text'

const project = (change: Partial<Project> = {}): Project => ({
  formatVersion: 1,
  name: '',
  created: '',
  softwareVersion: '',
  sources: { ...NO_SOURCES, inputs: ['/gedi'], source: '/imagery' },
  settings: DEFAULT_SETTINGS,
  ...change,
})

/** The words that a shell makes of a line. */
const words = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')

describe('a project as a command line', () => {
  it('leaves defaults out', () => {
    expect(commandLine('/out', project(), 'fuse')).toBe(
      'gedi-dataset run --output /out --input /gedi --source /imagery',
    )
  })

  it('gives every changed setting by its flag', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      requireSurface: false,
      trainYears: [2019, 2020],
      minAgbd: 5,
      bbox: [-5, 40, 10, 50] as [number, number, number, number],
      beams: [],
    }
    const line = commandLine('/out', project({ settings }), 'subset')
    expect(line).toContain('gedi-dataset subset')
    for (const part of [
      '--no-require-surface',
      '--train-years 2019 2020',
      '--min-agbd 5',
      '--bbox=-5,40,10,50',
    ])
      expect(line).toContain(part)
    expect(line).not.toContain('--beams')
  })

  it('quotes what a shell would take apart', () => {
    const folder = "/data/Black Forest's $HOME; rm -rf"
    expect(words(commandLine(folder, project(), 'fuse'))).toContain(folder)
  })
})
