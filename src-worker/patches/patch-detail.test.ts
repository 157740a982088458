import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON, REFERENCE_DIR } from '../../e2e/tools'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { patchDetailSchema, type PatchDetail } from '../../src-shared/patches/patch-detail'
import { madeSamples } from '../hdf5/sample-fixtures'
import { referenceColumns, writeBatch } from './patches-fixture'
import { readPatchDetail } from './patch-detail'
import { SampleFiles } from './sample-files'

let folder: string
const files = new SampleFiles({ limit: 4, idle: 1000 })
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'detail-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const detail = (file: string, row: number): Promise<PatchDetail> => readPatchDetail(files, { file, row })

const H5PY = `
import datetime, h5py, json, pyproj, sys
f = h5py.File(sys.argv[1]); d = f['data']; rows = json.loads(sys.argv[2])
def text(name, i): return d[name][i, 0].decode()
def holes(a): return [None if v == -9999 else float(v) for v in a.ravel()]
def one(i):
    t = [float(v) for v in d['Transforms'][i]]
    lat, lon = [float(v) for v in d['GEDI Lat Lon'][i]]
    x, y = pyproj.Transformer.from_crs('EPSG:4326', text('CRS', i), always_xy=True).transform(lon, lat)
    time = datetime.datetime(2018, 1, 1) + datetime.timedelta(seconds=float(text('GEDI Delta Time', i)))
    return dict(
        split=f.attrs['split'], row=i, lat=lat, lon=lon, transform=t, crs=text('CRS', i), epsg=int(text('CRS', i)[5:]),
        centre=[x, y, (x - t[2]) / 10, (t[5] - y) / 10],
        bands=[band.ravel().tolist() for band in d['Sentinel-2 L2A'][i]],
        landCover=d['WorldCover'][i].ravel().tolist(),
        altitude=[float(v) for v in d['CopDEM'][i, 0].ravel()], slope=[float(v) for v in d['CopDEM'][i, 1].ravel()],
        biomass=holes(d['AGBD Raster'][i]), shotNumber=str(d['GEDI Shot Number'][i, 0]),
        agbd=float(d['AGBD Values'][i, 0]), agbdSe=float(d['AGBD Standard Error'][i, 0]),
        granule=text('GEDI Product Name', i), acquisitionTime=text('GEDI Acquisition Time', i),
        deltaTime=float(text('GEDI Delta Time', i)), shotTime=time.timestamp() - datetime.datetime(1970, 1, 1).timestamp(),
        product=text('Sentinel-2 Product Name', i), landCoverTile=text('WorldCover Tile Name', i),
        demTile=text('CopDEM Tile Name', i),
        sclShares=[dict(label=a.decode(), share=float(b)) for a, b in d['S2 SCL Stats'][i]])
print(json.dumps([one(i) for i in rows]))`

interface FoundByH5py extends Omit<PatchDetail, 'bands' | 'centre' | 'shotTime'> {
  bands: number[][]
  centre: number[]
  shotTime: number
}

describe.skipIf(!optionalTool('h5py') || !optionalTool('rasterio'))('everything about a sample', () => {
  it('is what h5py and PROJ find in the file', async () => {
    const path = await writeBatch(join(folder, 'world.h5'), await referenceColumns('test', 9))
    const rows = [0, 4, 8]
    const answer = execFileSync(PYTHON, ['-c', H5PY, path, JSON.stringify(rows)], {
      encoding: 'utf8',
      env: { TZ: 'UTC' },
    })
    const expected = JSON.parse(answer) as FoundByH5py[]
    for (const [k, row] of rows.entries()) {
      const { file, version, bands, centre, shotTime, sceneTime, slopeUnit, ...rest } = await detail(
        path,
        row,
      )
      const { bands: layers, centre: place, shotTime: seconds, ...scalars } = expected[k]
      expect(rest).toEqual(scalars)
      expect(bands.map(({ values }) => values)).toEqual(layers)
      expect([file, slopeUnit]).toEqual([path, '%'])
      expect(version).not.toBe('')
      if (centre === null || shotTime === null) throw new Error('centre and time were expected')
      const found = [centre.x, centre.y, centre.column, centre.row]
      for (const [i, value] of place.entries()) expect(Math.abs(found[i] - value)).toBeLessThan(1e-5)
      expect(Math.abs(Date.parse(shotTime) - 1000 * seconds)).toBeLessThanOrEqual(1)
      expect(sceneTime?.replace(/[-:Z]/g, '')).toBe(rest.product.slice(11, 26))
    }
  })
})

describe('the centre of the footprint', () => {
  it('has the pixels of the biomass raster within 12.5 m, and no others', async () => {
    const path = await writeBatch(join(folder, 'disc.h5'), await referenceColumns('train', 20))
    let pixels = 0
    for (let row = 0; row < 20; row++) {
      const { centre, biomass } = await detail(path, row)
      if (centre === null) throw new Error('a centre was expected')
      expect(Math.abs(centre.column - 16)).toBeLessThan(0.55)
      expect(Math.abs(centre.row - 16)).toBeLessThan(0.55)
      for (const [pixel, value] of biomass.entries()) {
        const [left, top] = [pixel % 32, Math.floor(pixel / 32)]
        const dx = Math.max(left - centre.column, centre.column - left - 1, 0)
        const dy = Math.max(top - centre.row, centre.row - top - 1, 0)
        const distance = 10 * Math.hypot(dx, dy)
        // Positions in the file are exact to half a metre.
        if (Math.abs(distance - 12.5) > 0.6)
          expect(value !== null, `${row}: ${distance} m`).toBe(distance < 12.5)
        if (value !== null) pixels++
      }
    }
    expect(pixels).toBeGreaterThan(20 * 4)
  })
})

describe('a sample with gaps', () => {
  it('has null for numbers that are none, and survives JSON', async () => {
    const columns = madeSamples(3)
    columns.float32('CopDEM', 1).set([NaN, Infinity, 3])
    columns.float32('CopDEM', 1)[1024] = NaN
    columns.float32('AGBD Raster', 1).fill(NaN, 0, 5)
    columns.float32('AGBD Standard Error', 1)[0] = NaN
    columns.float32('GEDI Lat Lon', 1)[1] = NaN
    columns.float32('Transforms', 1)[8] = NaN
    columns.setString('GEDI Delta Time', 1, 0, 'unknown')
    columns.setString(
      'Sentinel-2 Product Name',
      1,
      0,
      'S2A_MSIL2A_20209999T102131_N0214_R101_T32TNT_20200611T102131',
    )
    columns.setString('S2 SCL Stats', 1, 9, '')
    const found = await detail(await writeBatch(join(folder, 'gaps.h5'), columns, 'degrees'), 1)
    expect(found.altitude.slice(0, 3)).toEqual([null, null, 3])
    expect(found).toMatchObject({
      slopeUnit: '°',
      agbdSe: null,
      lon: null,
      centre: null,
      deltaTime: null,
      shotTime: null,
      sceneTime: null,
    })
    expect([found.slope[0], found.biomass[2], found.transform[8], found.sclShares[4].share]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(patchDetailSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found)
  })

  it.each(['EPSG:4326', 'EPSG:32600', 'WGS 84', ''])('has no centre in the CRS "%s"', async (crs) => {
    const columns = madeSamples(1)
    columns.setString('CRS', 0, 0, crs)
    const found = await detail(await writeBatch(join(folder, 'crs.h5'), columns), 0)
    expect([found.crs, found.epsg, found.centre]).toEqual([
      crs,
      crs.startsWith('EPSG:') ? Number(crs.slice(5)) : null,
      null,
    ])
  })

  it('names the bands and their wavelengths', async () => {
    const { bands } = await detail(await writeBatch(join(folder, 'bands.h5'), madeSamples(1)), 0)
    expect(bands.map(({ name }) => name)).toEqual(BAND_NAMES)
    const wavelengths = bands.slice(1).map(({ wavelength }) => wavelength ?? NaN)
    expect(bands[0].wavelength).toBeNull()
    expect(wavelengths).toEqual([490, 560, 665, 705, 740, 783, 842, 865, 945, 1610, 2190])
  })
})

describe('a file that is not as expected', () => {
  it('has no such row', async () => {
    const path = await writeBatch(join(folder, 'three.h5'), madeSamples(3))
    await expect(detail(path, 3)).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file: path,
      message: 'There is no sample 3; the file has 3.',
    })
  })

  it('is no batch file', async () => {
    const path = join(REFERENCE_DIR, 'sample-expected.h5')
    await expect(detail(path, 0)).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file: path,
      message: expect.stringContaining('the group "data" is missing') as unknown,
    })
  })

  it.skipIf(!optionalTool('h5py'))('was written by other software, with texts of any length', async () => {
    const path = await writeBatch(join(folder, 'other.h5'), madeSamples(3))
    const before = await detail(path, 2)
    const script = `
import h5py, sys
with h5py.File(sys.argv[1], 'r+') as f:
    del f.attrs['split'], f.attrs['settings']
    d = f['data']
    d['extra'] = [1]
    for name in list(d):
        v = d[name]
        if v.dtype.kind != 'S': continue
        texts = v.asstr()[:]; del d[name]
        d.create_dataset(name, data=texts, dtype=h5py.string_dtype())
    d['CRS'][0] = 'x' * 40`
    execFileSync(PYTHON, ['-c', script, path])
    expect(await detail(path, 2)).toEqual({ ...before, version: expect.any(String) as unknown, split: null })
    expect((await detail(path, 0)).crs).toHaveLength(40)
  })

  it.skipIf(!optionalTool('h5py'))('lacks a dataset', async () => {
    const path = await writeBatch(join(folder, 'lacking.h5'), madeSamples(2))
    execFileSync(PYTHON, ['-c', `import h5py, sys; del h5py.File(sys.argv[1], 'r+')['data/CopDEM']`, path])
    await expect(detail(path, 0)).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file: path,
      message: 'The file is no batch or dataset file: CopDEM: is missing.',
    })
  })
})
