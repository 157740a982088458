import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportSchema } from '../src-shared/run/report'
import { gediDataset, startAs, temporaryFolder } from './command-line'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('bad')
const granules = join(SAMPLE_DIR, 'gedi')
const GRANULE = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'
const SCENE = 'S2A_MSIL2A_20210701T102531_N0301_R105_T32TNT_20210703T102531.SAFE'

/** Root may read and write everything; what is forbidden to others is checked as somebody else then. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
chmodSync(folder, 0o755)

let counter = 0
const output = (): string => join(folder, `out${counter++}`)

/** A copy of the sample world to damage. */
function world(): string {
  const copy = join(folder, `world${counter++}`)
  cpSync(SAMPLE_DIR, copy, { recursive: true })
  return copy
}

const run = (input: string, source: string, to: string, ...more: string[]): ReturnType<typeof gediDataset> =>
  gediDataset('run', '--input', input, '--source', source, '--output', to, ...more)

/** Names of files that are half-written or final, anywhere in a project. */
const partFiles = (project: string): string[] =>
  readdirSync(project, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.part'))

describe('granules that cannot be used', () => {
  const to = output()
  let finished: Awaited<ReturnType<typeof gediDataset>>

  beforeAll(async () => {
    const input = join(folder, 'rough')
    cpSync(granules, input, { recursive: true })
    const bytes = readFileSync(join(granules, GRANULE))
    writeFileSync(
      join(input, GRANULE.replace('2020159041109_O08331', '2020160101010_O08360')),
      bytes.subarray(0, bytes.length / 2),
    )
    writeFileSync(join(input, GRANULE.replace('2020159041109_O08331', '2020161101010_O08361')), '')
    writeFileSync(join(input, 'notes.h5'), 'no HDF5')
    finished = await run(input, SAMPLE_DIR, to)
  })

  it('are named with the reason and what to do, the rest goes on, and the status is 3', () => {
    expect(finished.status).toBe(3)
    expect(finished.err).toMatch(/O08360\S+: .*(truncated|ends)/i)
    expect(finished.err).toMatch(/O08361\S+: .*empty/i)
    expect(finished.err).toMatch(/notes\.h5: /)
    expect(finished.out).toMatch(/47 samples/)
    expect(partFiles(to)).toEqual([])
  })

  it('stand in the report with their tags, also in that of a second run', async () => {
    const tags = (): string[] =>
      reportSchema
        .parse(JSON.parse(readFileSync(join(to, 'report.json'), 'utf8')))
        .skipped.map(({ tag }) => tag)
        .sort()
    expect(tags()).toHaveLength(3)
    const first = tags()
    const again = await gediDataset('run', '--output', to)
    expect(again.status).toBe(3)
    expect(tags()).toEqual(first)
  })
})

describe('input that makes a run impossible ends it with a message', () => {
  it.each([
    [
      'a folder without granules',
      () => [join(SAMPLE_DIR, 'stac'), SAMPLE_DIR],
      1,
      /no GEDI L4A granule.*Give --input/,
    ],
    [
      'a folder that is not there',
      () => [join(folder, 'nowhere'), SAMPLE_DIR],
      1,
      /nowhere: .*no such file or folder/,
    ],
    ['a source that is not there', () => [granules, join(folder, 'nowhere')], 1, /nowhere/],
    [
      'a source without imagery',
      () => [granules, granules],
      1,
      /error \(catalog-empty\): .*no usable Sentinel-2 L2A scene/,
    ],
    [
      'an address that is none of a web server',
      () => [granules, 'ftp://example.org/stac'],
      2,
      /error \(usage\): ftp:.* is no address of a STAC API/,
    ],
    [
      'a server that does not answer',
      () => [granules, 'http://127.0.0.1:1/stac'],
      1,
      /error \(source-unreachable\): http:\/\/127\.0\.0\.1:1\/stac: The host takes no connection/,
    ],
  ])('%s', async (_, inputs, status, message) => {
    const [input, source] = inputs()
    const finished = await run(input, source, output())
    expect(finished.status).toBe(status)
    expect(finished.err).toMatch(message)
    expect(finished.err).not.toMatch(/\n\s+at /)
  })

  it('nothing to read, and no source', async () => {
    const nothing = await gediDataset('run', '--output', output())
    expect(nothing).toMatchObject({ status: 2 })
    expect(nothing.err).toMatch(/Give --input/)
    const noSource = await gediDataset('run', '--input', granules, '--output', output())
    expect(noSource).toMatchObject({ status: 2 })
    expect(noSource.err).toMatch(/Give --source/)
  })

  it.each([
    [['--max-cloud-cover', '101'], /--max-cloud-cover.*0 to 100/],
    [['--slope-unit', 'gradians'], /--slope-unit/],
    [['--train-years', '2021'], /train and test/],
    [['--bbox', '5', '50', '6'], /--bbox/],
    [['--batch-size', '0'], /--batch-size.*1 to/],
    [['--colour', 'red'], /error \(usage\): Unknown option '--colour'\./],
  ])('settings out of bounds: %j', async (flags, message) => {
    const to = output()
    const finished = await run(granules, SAMPLE_DIR, to, ...flags)
    expect(finished.status).toBe(2)
    expect(finished.err).toMatch(message)
    expect(existsSync(join(to, 'project.json'))).toBe(false)
  })

  it('an output folder with other things in it, which stay as they are', async () => {
    const to = output()
    mkdirSync(to)
    writeFileSync(join(to, 'thesis.tex'), 'years of work')
    const finished = await run(granules, SAMPLE_DIR, to)
    expect(finished.status).toBe(1)
    expect(finished.err).toMatch(/holds other things \(thesis\.tex\)/)
    expect(readdirSync(to)).toEqual(['thesis.tex'])
  })

  it('an output that is a file', async () => {
    const to = output()
    writeFileSync(to, '')
    const finished = await run(granules, SAMPLE_DIR, to)
    expect(finished.status).toBe(1)
    expect(finished.err).toMatch(/cannot be created/)
  })

  it('an output folder that may not be written', async () => {
    const to = output()
    mkdirSync(to)
    chmodSync(to, 0o555)
    const finished = await startAs(NOBODY, 'run', '--input', granules, '--source', SAMPLE_DIR, '--output', to)
      .finished
    expect(finished.status).toBe(1)
    expect(finished.err).toMatch(/cannot be written/)
  })

  it('a project file that is damaged, or of a newer version', async () => {
    const to = output()
    mkdirSync(to)
    writeFileSync(join(to, 'project.json'), '{"formatVersion": 1, "name": ')
    expect(await gediDataset('run', '--output', to)).toMatchObject({
      status: 1,
      err: expect.stringMatching(/damaged/) as string,
    })
    writeFileSync(join(to, 'project.json'), '{"formatVersion": 99}')
    expect(await gediDataset('run', '--output', to)).toMatchObject({
      status: 1,
      err: expect.stringMatching(/newer version/) as string,
    })
  })
})

describe('imagery that is not whole', () => {
  it('a scene without one of its bands is left out by name, and the others serve', async () => {
    const source = world()
    const band = join(source, `sentinel-2-l2a/${SCENE}/IMG_DATA/R20m/T32TNT_20210701T102531_B11_20m.tif`)
    rmSync(band)
    const to = output()
    const finished = await run(granules, source, to)
    expect(finished.status).toBe(3)
    expect(finished.err).toMatch(/B11/)
    expect(finished.out).toMatch(/train: .* 47 samples/)
    expect(finished.out).not.toMatch(/90 samples/)
  })

  it('a folder in it that may not be read is left out by name, and the rest is used', async () => {
    const source = world()
    const closed = join(source, 'closed')
    mkdirSync(closed, { mode: 0 })
    const to = output()
    mkdirSync(to)
    if (NOBODY.uid !== undefined) chownSync(to, NOBODY.uid, NOBODY.gid)
    try {
      const finished = await startAs(NOBODY, 'plan', '--input', granules, '--source', source, '--output', to)
        .finished
      expect(finished.status).toBe(3)
      expect(finished.err).toContain(`Left out (input-missing): ${closed}: `)
      expect(finished.out).toMatch(/rejected 332: no-scene 332/)
    } finally {
      chmodSync(closed, 0o700)
    }
  })

  it('a damaged block costs only the footprints in it, and a repaired file brings them back', async () => {
    const source = world()
    const band = join(source, `sentinel-2-l2a/${SCENE}/IMG_DATA/R10m/T32TNT_20210701T102531_B04_10m.tif`)
    const whole = readFileSync(band)
    const damaged = Buffer.from(whole)
    damaged.fill(0x5a, whole.length - 40_000, whole.length - 30_000)
    writeFileSync(band, damaged)
    const to = output()
    const finished = await run(granules, source, to)
    expect(finished.status).toBe(3)
    expect(finished.out).toMatch(
      /failed \(raster-corrupt\): \d+ footprints: .*B04_10m\.tif: Block \d+ is damaged/,
    )
    const report = reportSchema.parse(JSON.parse(readFileSync(join(to, 'report.json'), 'utf8')))
    expect(report.test.failed).toBeGreaterThan(0)
    expect(report.test.samples + report.test.failed).toBeLessThanOrEqual(90 + 40)
    expect(report.test.samples).toBeLessThan(90)
    writeFileSync(band, whole)
    const repaired = await gediDataset('run', '--output', to)
    expect(repaired.status).toBe(0)
    expect(repaired.out).toMatch(/test: .* 90 samples/)
  })

  it('JSON that is damaged is named, and the rest is used', async () => {
    const source = world()
    writeFileSync(join(source, 'stac', 'broken.json'), '{"type": "FeatureCollection", "features": [')
    const finished = await gediDataset(
      ...['plan', '--input', granules, '--source', source, '--output', output()],
    )
    expect(finished.status).toBe(3)
    expect(finished.err).toMatch(/broken\.json/)
    // Those that the whole catalog has no scene for, as in the sample's reference.
    expect(finished.out).toMatch(/rejected 332: no-scene 332/)
    expect(finished.out).toMatch(/rejected 97: no-scene 97/)
  })
})

describe('tables given instead of granules', () => {
  it('with shot numbers in scientific notation are refused with line and advice', async () => {
    const table = join(folder, 'scientific.csv')
    writeFileSync(
      table,
      'agbd,agbd_se,lon_lowestmode,lat_lowestmode,shot_number,delta_time,l2_quality_flag,l4_quality_flag,surface_flag,GEDI Filename,acquisition_time\n' +
        `50,5,9.0,48.0,8.33101e+16,76738569.3,1,1,1,${GRANULE},2020-06-07 04:11:09\n`,
    )
    const finished = await gediDataset('subset', '--path-aggregated-csv-train', table, '--output', output())
    expect(finished.status).toBe(1)
    expect(finished.err).toMatch(/scientific\.csv: .*shot_number/)
    expect(finished.err).toMatch(/8\.33101e\+16/i)
  })
})
