import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { toStudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { quietContext } from '../process/context'
import { combineFootprints } from './combine'
import type { IngestedGranule } from './granule-overlap'
import { findGranules } from './granule-search'
import { ingestGranule } from './ingest'

const WORLD = resolve(import.meta.dirname, '../../../shared/world.py')

/** Keeps footprints as SPEC 1 says, read by h5py: lines of year and shot number. */
const KEEP = `
import glob, os, sys
import h5py, numpy as np
newest = {}
for path in sorted(glob.glob(sys.argv[1] + "/GEDI04*.h5"), key=os.path.basename):
    try:
        rows = {}
        with h5py.File(path) as f:
            for beam in (name for name in f if name.startswith("BEAM")):
                c = {k: f[beam][k][:] for k in ("shot_number", "agbd", "agbd_se", "l2_quality_flag", "l4_quality_flag", "surface_flag")}
                for i, shot in enumerate(c["shot_number"]):
                    rows[int(shot)] = (os.path.basename(path)[9:13], {k: v[i] for k, v in c.items()})
        newest.update(rows)
    except (OSError, KeyError):
        pass
for shot, (year, r) in newest.items():
    flags = r["l2_quality_flag"] == r["l4_quality_flag"] == r["surface_flag"] == 1
    if flags and np.isfinite(r["agbd"]) and r["agbd"] > 0 and float(r["agbd_se"]) / float(r["agbd"]) < 0.5:
        print(year, shot)
`

describe.skipIf(!optionalTool('rasterio') || !optionalTool('h5py') || !existsSync(WORLD))(
  'a folder with good, bad and repeated granules (made by ../shared/world.py)',
  () => {
    let folder = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'rough-'))
      execFileSync(PYTHON, [
        WORLD,
        folder,
        '--seed',
        '7',
        '--size',
        '120',
        '--shots',
        '60',
        '--scenes',
        '1',
        '--rough',
      ])
    })
    afterAll(() => rm(folder, { recursive: true }))

    it('gives the footprints that h5py finds, and names each bad file with its reason', async () => {
      const { granules, problems } = await findGranules([folder])
      const faults = problems.map(({ tag, file }) => [tag, basename(file ?? '')])
      const ingested: IngestedGranule[] = []
      for (const { path, name } of granules) {
        const parquet = join(folder, `${name}.parquet`)
        await ingestGranule({ path, output: parquet }, quietContext()).then(
          (summary) => ingested.push({ parquet, summary }),
          (thrown: unknown) => faults.push([toStudioError(thrown).tag, name]),
        )
      }
      expect(faults).toEqual([
        ['granule-foreign', 'notes.h5'],
        ['granule-unreadable', 'GEDI04_A_2020160101010_O08360_02_T00001_02_002_02_V002.h5'],
        ['granule-unreadable', 'GEDI04_A_2020161101010_O08361_02_T00001_02_002_02_V002.h5'],
        ['granule-incomplete', 'GEDI04_A_2020162101010_O08362_02_T00001_02_002_02_V002.h5'],
      ])

      const outputs = { train: join(folder, 'train.csv'), test: join(folder, 'test.csv') }
      const tempDirectory = join(folder, 'spill')
      const summary = await combineFootprints(
        { granules: ingested, settings: DEFAULT_SETTINGS, outputs, memoryMb: 256, tempDirectory },
        quietContext(),
      )
      const kept = execFileSync(PYTHON, ['-c', KEEP, join(folder, 'gedi')], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
      const ofYear = (year: string): string[] => kept.filter((row) => row[0] === year).map((row) => row[1])
      expect(summary.duplicates).toBe(480)
      expect(summary.otherYears).toEqual([{ year: 2019, shots: ofYear('2019').length }])
      for (const split of SPLITS) {
        const lines = (await readFile(outputs[split], 'utf8')).trimEnd().split('\n').slice(1)
        const shots = lines.map((line) => line.split(';')[4])
        expect(shots.toSorted()).toEqual(ofYear(split === 'train' ? '2020' : '2021').toSorted())
        expect(lines.some((line) => line.includes('_V003.h5'))).toBe(split === 'train')
      }
    })
  },
)
