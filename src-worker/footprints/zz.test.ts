import { it } from 'vitest'
import { mkdirSync } from 'node:fs'
import { combineFootprints } from './combine'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { quietContext } from '../process/context'
import { openGranule } from './granule'
import { ingestGranule } from './ingest'
import { drawSubset } from './subset'
import { withDatabase } from './database'
import { readSubset } from './read-subset'
const D = '/var/tmp/granule-measure'
const step = process.env.STEP ?? ''
it(step, async () => {
  mkdirSync(`${D}/out`, { recursive: true })
  const t = performance.now()
  const path = `${D}/GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5`
  if (step === 'read') {
    const g = await openGranule(path)
    for (const b of g.beams) g.read(b)
    g.close()
  } else if (step === 'ingest') await ingestGranule({ path, output: `${D}/out/g.parquet` }, quietContext())
  else if (step === 'combine') {
    const base = 83310020000090071n
    const granules = Array.from({ length: 8 }, (_, g) => {
      const name = `GEDI04_A_202015904110${g}_O0833${g}_02_T08331_02_002_02_V002.h5`
      return { parquet: `${D}/s${g}.parquet`, summary: { format: 1 as const, path: name, name, size: 1, mtimeMs: 1, acquisitionTime: Date.UTC(2020, g, 7), beams: [], shots: 625000, withoutPosition: 0, repeatedShots: 0, missingColumns: [], shotRange: { first: String(base + BigInt(g) * 100000000000000n), last: String(base + BigInt(g) * 100000000000000n + 624999n * 13n) } } }
    })
    const s = await combineFootprints({ granules, settings: { ...DEFAULT_SETTINGS, maxRelativeStandardError: 100 }, outputs: { train: `${D}/out/train.csv`, test: `${D}/out/test.csv` }, memoryMb: Number(process.env.MEM), tempDirectory: `${D}/out/spill` }, quietContext())
    console.log(s.train)
  } else if (step === 'subset') await drawSubset({ table: `${D}/out/train.csv`, output: `${D}/out/subset.csv`, size: 3_000_000, seed: 0, split: 'train', memoryMb: Number(process.env.MEM), tempDirectory: `${D}/out/spill` }, quietContext())
  else await withDatabase({ memoryMb: Number(process.env.MEM), tempDirectory: `${D}/out/spill` }, async (d) => {
      const r = await readSubset(d, `${D}/out/train.csv`)
      console.log('imported', performance.now() - t)
      for await (const c of r.chunks()) void c
    })
  const u = process.cpuUsage()
  console.log(step, process.env.MEM, 's', (performance.now() - t) / 1000, 'cpu', (u.user + u.system) / 1e6, 'rss', process.resourceUsage().maxRSS >> 10)
}, 600000)
