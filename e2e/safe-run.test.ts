import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SPLITS } from '../src-shared/footprint/footprint'
import { reportSchema, type Report } from '../src-shared/run/report'
import { startImageryServer } from '../src-worker/http/testing/imagery-server'
import { gediDataset, onSample, temporaryFolder, type Finished } from './command-line'
import { digestsOf, readDataset } from './dataset'
import { writeSafeWorld, writeStacOfProducts } from './safe-world'
import { optionalTool, SAMPLE_DIR } from './tools'

const folder = temporaryFolder('safe')
const world = join(folder, 'world')
const fromCogs = join(folder, 'cogs')
const fromSafe = join(folder, 'safe')

function report(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

function onSafe(output: string): string[] {
  return ['run', '--input', join(SAMPLE_DIR, 'gedi'), '--source', world, '--output', output]
}

describe.skipIf(!optionalTool('gdal'))('the sample as SAFE products with JPEG 2000 bands', () => {
  let products: string[]
  let finished: Finished

  beforeAll(async () => {
    products = await writeSafeWorld(world)
    const cogs = await gediDataset(...onSample('run', fromCogs))
    expect(cogs.status).toBe(0)
    finished = await gediDataset(...onSafe(fromSafe))
  }, 300_000)

  it('ends well, with every product used, zipped or not', () => {
    expect(finished).toMatchObject({ status: 0 })
    expect(products).toHaveLength(8)
    expect(readdirSync(join(world, 'products')).filter((name) => name.endsWith('.zip'))).toHaveLength(2)
  })

  it.each(SPLITS)('gives the samples that cloud-optimised files give, byte by byte (%s)', async (split) => {
    const cogs = await readDataset(join(fromCogs, `${split}_dataset.h5`))
    const safe = await readDataset(join(fromSafe, `${split}_dataset.h5`))
    expect(cogs['GEDI Shot Number'].length).toBeGreaterThan(10)
    expect(safe).toEqual(cogs)
  })

  it('rejects the footprints that cloud-optimised files reject, for the same reasons', () => {
    const rejections = (output: string): string => readFileSync(join(output, 'rejections.csv'), 'utf8')
    expect(rejections(fromSafe)).toEqual(rejections(fromCogs))
  })

  it('decodes every tile that is needed once', () => {
    const { reading } = report(fromSafe)
    expect(reading.blocksNeeded).toBeGreaterThan(100)
    expect(reading.blocksDecoded).toBe(reading.blocksNeeded)
  })

  it('gives the same when the bands are served, as items of a STAC API', async () => {
    const served = join(folder, 'served')
    cpSync(join(world, 'products'), join(served, 'products'), { recursive: true })
    const server = await startImageryServer({
      folder: served,
      stac: { itemsFile: writeStacOfProducts(served) },
    })
    try {
      const output = join(folder, 'from-server')
      const from = ['--input', join(SAMPLE_DIR, 'gedi'), '--source', `${server.url}/stac`]
      const { status, out, err } = await gediDataset(
        'run',
        ...from,
        '--output',
        output,
        '--max-size-training',
        '0',
      )
      expect(status, out + err).toBe(0)
      expect(server.seen.some(({ path }) => path.endsWith('.jp2'))).toBe(true)
      const [remote, local] = [output, fromCogs].map((each) => join(each, 'test_dataset.h5'))
      expect(digestsOf(await readDataset(remote))).toEqual(digestsOf(await readDataset(local)))
    } finally {
      await server.close()
    }
  }, 300_000)

  it('loses only the footprints of damaged tiles, and takes them up when the file is whole again', async () => {
    const output = join(folder, 'damaged')
    const band = bandFile(join(world, 'products'))
    const whole = readFileSync(band)
    const damaged = Buffer.from(whole)
    const dataFollows = Buffer.of(0xff, 0x93)
    for (let at = whole.indexOf(dataFollows); at !== -1; at = whole.indexOf(dataFollows, at + 2)) {
      damaged.fill(0xff, at + 2, at + 40)
    }
    writeFileSync(band, damaged)
    const failed = await gediDataset(...onSafe(output))
    writeFileSync(band, whole)
    expect(failed.status).not.toBe(0)
    expect(failed.out + failed.err).toMatch(/Block \d+ is damaged/)
    expect((await gediDataset('run', '--output', output)).status).toBe(0)
    for (const split of SPLITS) {
      const name = `${split}_dataset.h5`
      const [again, before] = [await readDataset(join(output, name)), await readDataset(join(fromSafe, name))]
      expect(digestsOf(again)).toEqual(digestsOf(before))
    }
  }, 300_000)
})

/** The blue band of a product that is not zipped. */
function bandFile(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const name = names.find((each) => /T32TNT_20200604.*_B02_10m\.jp2$/.test(each))
  if (name === undefined) throw new Error('no band to damage')
  return join(folder, name)
}
