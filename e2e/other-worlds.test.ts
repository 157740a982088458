import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { gediDataset, temporaryFolder } from './command-line'
import { optionalTool, PYTHON, realFile, REFERENCE_DIR, SAMPLE_DIR, sharedFile } from './tools'

const ORACLE = resolve(import.meta.dirname, 'oracle/oracle.py')
const generator = sharedFile('world.py')
const granule = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

const python = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  return (await promisify(execFile)(PYTHON, args, { env })).stdout
}

/** The differences that the oracle finds, one a line; empty where there are none. */
const differences = (...args: ['compare' | 'agree', string, string]): Promise<string> =>
  python(ORACLE, ...args).catch((thrown: unknown) =>
    thrown instanceof Error && 'stdout' in thrown && thrown.stdout !== ''
      ? String(thrown.stdout)
      : String(thrown),
  )

/** Reasons of the rejections that the oracle expects, and how often. */
function reasons(expected: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const line of readFileSync(join(expected, 'rejections.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const reason = line.split(',')[2]
    counts[reason] = (counts[reason] ?? 0) + 1
  }
  return counts
}

interface WorldCase {
  what: string
  /** Arguments of world.py. */
  world: string
  settings?: string
  status?: number
}

const WORLDS: WorldCase[] = [
  {
    what: 'on the border of two UTM zones, where four DEM tiles meet',
    world: '--center 6 47 --zones 32631 32632 --seed 5',
  },
  {
    what: 'across the equator and west of Greenwich, as Earth Search describes it',
    world: '--center -60 0 --zones 32620 32720 --flavour earthsearch --block 512 --seed 9',
  },
  {
    what: 'across the antimeridian in the south, with three candidates for a scene',
    world: '--center 180 -16.999 --zones 32760 32701 --seed 7',
    settings: '--candidates 3',
  },
  { what: 'at 50 degrees north, where the spacing of the DEM changes', world: '--center 10 50 --seed 17' },
  {
    what: 'at 60 degrees north, with granules that cannot be read and an older version of one',
    world: '--center 10.5 60.3 --rough --seed 10',
    status: 3,
  },
]

const folder = temporaryFolder('worlds')
let counter = 0

describe.skipIf(!optionalTool('h5py') || !optionalTool('rasterio'))(
  'an independent implementation with GDAL and PROJ',
  () => {
    it('makes of the sample world what the reference has', async () => {
      const expected = join(folder, 'sample')
      await python(ORACLE, 'make', SAMPLE_DIR, expected)
      const reference = join(REFERENCE_DIR, 'sample-expected.h5')
      expect(await differences('agree', join(expected, 'expected.h5'), reference)).toBe('')
      const rows = (path: string): string[] => readFileSync(path, 'utf8').trim().split(/\r?\n/).sort()
      expect(rows(join(expected, 'rejections.csv'))).toEqual(
        rows(join(REFERENCE_DIR, 'sample-expected-rejections.csv')),
      )
    })

    /** Makes a world, runs the program and the oracle on it, and returns what the oracle counted. */
    async function agreeOn({ world, settings = '', status = 0 }: WorldCase): Promise<string> {
      const [source, expected, run] = ['world', 'expected', 'run'].map((name) =>
        join(folder, `${name}${counter}`),
      )
      counter++
      await python(generator ?? '', source, '--size', '360', '--shots', '70', ...world.split(' '))
      const candidates = /--candidates (\d+)/.exec(settings)?.[1] ?? '1'
      const counted = await python(ORACLE, 'make', source, expected, candidates)
      const finished = await gediDataset(
        ...['run', '--input', join(source, 'gedi'), '--source', source, '--output', run, '--workers', '2'],
        ...settings.split(' ').filter((word) => word !== ''),
      )
      expect(finished.status, finished.err).toBe(status)
      expect(await differences('compare', expected, run)).toBe('')
      // A world that rejects nothing, or everything, would prove little.
      expect(Object.keys(reasons(expected)).length).toBeGreaterThan(3)
      return counted
    }

    it.skipIf(generator === null).each(WORLDS)('agrees with the program $what', async (world) => {
      const counted = await agreeOn(world)
      for (const split of ['train', 'test']) {
        const samples = new RegExp(`${split}: \\d+ footprints, (\\d+) samples`).exec(counted)?.[1]
        expect(Number(samples), counted).toBeGreaterThan(30)
      }
    })

    it.skipIf(generator === null || granule === null)(
      'agrees with the program on a world around the real granule',
      async () => {
        const counted = await agreeOn({
          what: '',
          world: `--real ${granule ?? ''} --center -58.046 -5.081 --size 600 --seed 21`,
        })
        expect(counted).toContain('test: 708 footprints, 174 samples')
      },
    )
  },
)
