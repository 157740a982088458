import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { realFile, SAMPLE_DIR } from '../../e2e/tools'
import { StudioError } from '../../src-shared/errors/studio-error'
import { quietContext } from '../process/context'
import { withDatabase } from './database'
import { goodBeam, makeGranule, type BeamColumns } from './granule-fixture'
import { ingestedSummaries, sidecarPath, type GranuleSummary } from './granule-summary'
import { ingestGranule } from './ingest'
import type { GranuleFile } from './granule-search'

const NAME = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'
const SAMPLE = join(SAMPLE_DIR, 'gedi', NAME)
const REAL = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

let folder = ''
let output = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-'))
  output = join(folder, 'granule.parquet')
})
afterEach(() => rm(folder, { recursive: true }))

const ingest = (path: string): ReturnType<typeof ingestGranule> =>
  ingestGranule({ path, output }, quietContext())

function rows(select: string): Promise<Record<string, unknown>[]> {
  return withDatabase({ memoryMb: 128, tempDirectory: join(folder, 'spill') }, (database) =>
    database.rows(`SELECT ${select} FROM read_parquet('${output}')`, z.record(z.string(), z.unknown())),
  )
}

async function describeFile(path: string): Promise<GranuleFile> {
  const { size, mtimeMs } = await stat(path)
  return { path, name: basename(path), size, mtimeMs }
}

describe('ingesting a granule', () => {
  it('keeps every shot of the sample with exact values', async () => {
    const summary = await ingest(SAMPLE)
    expect(summary).toMatchObject({
      name: NAME,
      shots: 512,
      withoutPosition: 0,
      repeatedShots: 0,
      missingColumns: [],
      acquisitionTime: Date.UTC(2020, 5, 7, 4, 11, 9),
    })
    const shots = await rows('*')
    expect(shots).toHaveLength(512)
    // Values of the first shot of BEAM0101, and the sum over all beams, as h5py reads them.
    expect(shots.find((shot) => shot.shot_number === 83310420000090071n)).toEqual({
      beam: 5,
      agbd: Math.fround(73.09019),
      agbd_se: Math.fround(12.410386),
      lon_lowestmode: 8.971254176164667,
      lat_lowestmode: 47.9864364186321,
      shot_number: 83310420000090071n,
      delta_time: 76738569.123456,
      l2_quality_flag: 1,
      l4_quality_flag: 1,
      surface_flag: 1,
      sensitivity: Math.fround(0.91108006),
      solar_elevation: Math.fround(23.123856),
      degrade_flag: 0,
    })
    expect(shots.reduce((sum, { agbd }) => sum + Number(agbd), 0)).toBeCloseTo(-229114.6927280426, 6)
    expect(shots.filter((shot) => shot.beam === 5)).toHaveLength(64)
    expect((await readdir(folder)).sort()).toEqual(['granule.json', 'granule.parquet'])
  })

  it('keeps fill values and failed flags, so that they supersede older versions', async () => {
    const beam = goodBeam(3)
    beam.agbd.set([-9999], 1)
    beam.l4_quality_flag.set([0], 1)
    await ingest(await makeGranule(join(folder, NAME), { BEAM0011: beam }))
    expect(await rows('beam, agbd, l4_quality_flag')).toEqual([
      { beam: 3, agbd: 50, l4_quality_flag: 1 },
      { beam: 3, agbd: -9999, l4_quality_flag: 0 },
      { beam: 3, agbd: 52, l4_quality_flag: 1 },
    ])
  })

  it('leaves out shots without a position and repeated ones, and counts them', async () => {
    const beam = goodBeam(6)
    beam.lon_lowestmode.set([NaN], 0)
    beam.lat_lowestmode.set([-9999], 2)
    beam.delta_time.set([Infinity], 3)
    const again: BeamColumns = { ...goodBeam(1, 83310020000090071n + 13n), agbd: new Float32Array([1]) }
    const summary = await ingest(await makeGranule(join(folder, NAME), { BEAM0000: beam, BEAM0001: again }))
    expect(summary).toMatchObject({ shots: 3, withoutPosition: 3, repeatedShots: 1 })
    expect((await rows('agbd')).map((row) => row.agbd)).toEqual([51, 54, 55])
    expect(summary.shotRange).toEqual({ first: '83310020000090084', last: '83310020000090136' })
  })

  it('holds the largest shot numbers exactly', async () => {
    const beam = goodBeam(2, 2n ** 64n - 14n)
    const summary = await ingest(await makeGranule(join(folder, NAME), { BEAM0000: beam }))
    expect(summary.shotRange).toEqual({ first: '18446744073709551602', last: '18446744073709551615' })
  })

  it('notes optional columns that a beam lacks', async () => {
    const lacking = { ...goodBeam(2, 1000n), sensitivity: undefined }
    const summary = await ingest(
      await makeGranule(join(folder, NAME), { BEAM0000: goodBeam(1), BEAM0001: lacking }),
    )
    expect(summary.missingColumns).toEqual(['sensitivity'])
    expect((await rows('sensitivity')).map((row) => row.sensitivity)).toEqual([Math.fround(0.95), null, null])
  })

  it('takes columns of a wider type where no value changes', async () => {
    const beam = {
      ...goodBeam(2),
      l2_quality_flag: new Int16Array([1, 0]),
      agbd: new Float64Array([12.5, 13]),
      shot_number: new BigInt64Array([5n, 6n]),
    }
    const summary = await ingest(await makeGranule(join(folder, NAME), { BEAM0000: beam }))
    expect(summary.shotRange).toEqual({ first: '5', last: '6' })
    expect(await rows('agbd, l2_quality_flag')).toEqual([
      { agbd: 12.5, l2_quality_flag: 1 },
      { agbd: 13, l2_quality_flag: 0 },
    ])
  })

  it.skipIf(REAL === null)('reads the real granule (needs ../shared/real)', async () => {
    expect(await ingest(REAL ?? '')).toMatchObject({
      shots: 966,
      withoutPosition: 0,
      missingColumns: [],
      beams: ['BEAM0000', 'BEAM0001', 'BEAM0010', 'BEAM0011', 'BEAM0101', 'BEAM0110', 'BEAM1000', 'BEAM1011'],
    })
  })
})

describe('a bad granule', () => {
  async function fault(path: string): Promise<StudioError> {
    const thrown: unknown = await ingest(path).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(StudioError)
    const left = (await readdir(folder)).filter((name) => name.startsWith('granule'))
    expect(left).toEqual([])
    return thrown instanceof StudioError ? thrown : new StudioError('internal', '', { hint: '' })
  }
  const file = (): string => join(folder, NAME)

  it('that is truncated, empty or no HDF5 is unreadable', async () => {
    await copyFile(SAMPLE, file())
    await truncate(file(), Math.floor((await stat(SAMPLE)).size / 2))
    expect(await fault(file())).toMatchObject({ tag: 'granule-unreadable', file: file() })
    await writeFile(file(), '')
    expect(await fault(file())).toMatchObject({ tag: 'granule-unreadable', file: file() })
    await writeFile(file(), 'not HDF5 at all')
    expect(await fault(file())).toMatchObject({ tag: 'granule-unreadable', file: file() })
  })

  it('with damaged data is unreadable', async () => {
    const bytes = await readFile(SAMPLE)
    // Half of the file's data, between the headers at both ends.
    bytes.fill(0xa5, Math.floor(bytes.length * 0.25), Math.floor(bytes.length * 0.75))
    await writeFile(file(), bytes)
    expect(await fault(file())).toMatchObject({ tag: 'granule-unreadable', file: file() })
  })

  it('without beams or with another name is foreign', async () => {
    expect(await fault(await makeGranule(file(), { OTHER: goodBeam(1) }))).toMatchObject({
      tag: 'granule-foreign',
      file: file(),
    })
    expect(await fault(await makeGranule(join(folder, 'notes.h5'), {}))).toMatchObject({
      tag: 'granule-foreign',
    })
  })

  it('that lacks columns is named with the beam and the columns', async () => {
    const error = await fault(
      await makeGranule(file(), { BEAM0000: goodBeam(2), BEAM0001: { agbd: new Float32Array(5) } }),
    )
    expect(error).toMatchObject({ tag: 'granule-incomplete', file: file(), context: { beam: 'BEAM0001' } })
    expect(error.message).toMatch(/BEAM0001 lacks agbd_se, lon_lowestmode.*surface_flag/)
  })

  it('with columns of unequal lengths is incomplete', async () => {
    const beam = { ...goodBeam(4), delta_time: new Float64Array(3) }
    const error = await fault(await makeGranule(file(), { BEAM0000: beam }))
    expect(error.tag).toBe('granule-incomplete')
    expect(error.message).toMatch(/unequal lengths .*agbd 4.*delta_time 3/)
  })

  it.each<[string, BeamColumns]>([
    ['shot numbers as floats', { shot_number: new Float64Array([8.3e16]) }],
    ['shot numbers below zero', { shot_number: new BigInt64Array([-1n]) }],
    ['flags above 255', { l2_quality_flag: new Int32Array([300]) }],
    ['biomass that float32 cannot hold', { agbd: new Float64Array([0.1]) }],
  ])('with %s is incomplete', async (_, columns) => {
    const error = await fault(await makeGranule(file(), { BEAM0000: { ...goodBeam(1), ...columns } }))
    expect(error.tag).toBe('granule-incomplete')
    expect(error.message).toContain(Object.keys(columns).at(0))
  })

  it('that is absent is missing', async () => {
    expect(await fault(file())).toMatchObject({ tag: 'input-missing', file: file() })
  })
})

/** What is known of a granule that was ingested into `output`. */
async function recognised(granule: GranuleFile): Promise<GranuleSummary | null> {
  const [summary] = await ingestedSummaries([{ granule, parquet: output }])
  return summary
}

describe('an ingested granule', () => {
  it('is recognised until source or result change', async () => {
    const source = join(folder, NAME)
    await copyFile(SAMPLE, source)
    const summary = await ingest(source)
    expect(await recognised(await describeFile(source))).toEqual(summary)

    await utimes(source, new Date(), new Date('2024-01-01'))
    expect(await recognised(await describeFile(source))).toBeNull()
    await ingest(source)
    expect(await recognised(await describeFile(source))).not.toBeNull()

    await truncate(output, (await stat(output)).size - 10)
    expect(await recognised(await describeFile(source))).toBeNull()
    await rm(output)
    expect(await recognised(await describeFile(source))).toBeNull()
  })

  it('is not recognised by a sidecar of another format or with another number of rows', async () => {
    const summary = await ingest(SAMPLE)
    const source = await describeFile(SAMPLE)
    for (const change of [{ format: 0 }, { shots: summary.shots - 1 }, { shots: undefined }]) {
      await writeFile(sidecarPath(output), JSON.stringify({ ...summary, ...change }))
      expect(await recognised(source)).toBeNull()
    }
    await writeFile(sidecarPath(output), '{')
    expect(await recognised(source)).toBeNull()
  })

  it('is recognised among others that are not', async () => {
    const summary = await ingest(SAMPLE)
    const granule = await describeFile(SAMPLE)
    const other = { granule: { ...granule, name: 'other.h5' }, parquet: join(folder, 'other.parquet') }
    expect(await ingestedSummaries([other, { granule, parquet: output }, other])).toEqual([
      null,
      summary,
      null,
    ])
    expect(await ingestedSummaries([])).toEqual([])
  })

  it('loses its sidecar first when it is ingested again in vain', async () => {
    const source = join(folder, NAME)
    await copyFile(SAMPLE, source)
    await ingest(source)
    const ctx = quietContext(AbortSignal.abort())
    await expect(ingestGranule({ path: source, output }, ctx)).rejects.toMatchObject({ tag: 'cancelled' })
    expect(await recognised(await describeFile(source))).toBeNull()
  })
})
