import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromArrayBuffer } from 'geotiff'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { GEOTIFF_LAYERS, type GeotiffLayers } from '../../src-shared/patches/geotiff-layers'
import { madeSamples } from '../hdf5/sample-fixtures'
import { encodeGeotiff } from './geotiff'
import { patchGeotiff } from './patch-geotiff'
import { referenceColumns, writeBatch } from './patches-fixture'
import { SampleFiles } from './sample-files'

const ALL = Object.keys(GEOTIFF_LAYERS) as GeotiffLayers[]

let folder: string
const files = new SampleFiles({ limit: 4, idle: 1000 })
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'geotiff-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens each GeoTIFF with GDAL and compares it with what h5py reads of the sample. Prints what GDAL says of them. */
const COMPARED = `
import h5py, json, numpy as np, rasterio, sys
path, row, tiffs = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
d = h5py.File(path)['data']
bands, terrain = d['Sentinel-2 L2A'][row], d['CopDEM'][row]
cover, biomass = d['WorldCover'][row], d['AGBD Raster'][row]
expected = dict(bands=bands, terrain=terrain, landcover=cover, biomass=biomass,
    all=np.concatenate([bands, terrain, cover, biomass]).astype('float32'))
place = [float(v) for v in d['Transforms'][row]]
told = {}
for name, tiff in tiffs.items():
    with rasterio.open(tiff) as f:
        values = f.read()
        assert values.dtype == expected[name].dtype, (name, values.dtype)
        assert values.shape == expected[name].shape and (values == expected[name]).all(), name
        assert list(f.transform) == place, (name, f.transform)
        assert f.crs == rasterio.crs.CRS.from_string(d['CRS'][row, 0].decode()), f.crs
        told[name] = dict(bands=list(f.descriptions), nodata=f.nodata, area=f.tags()['AREA_OR_POINT'],
            shot=f.tags()['SHOT_NUMBER'] == str(d['GEDI Shot Number'][row, 0]), mask=f.colorinterp[-1].name)
print(json.dumps(told))`

const BANDS = ['SCL', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B8A', 'B09', 'B11', 'B12']
const TERRAIN = ['Altitude, m', 'Slope, percent']

describe.skipIf(!optionalTool('h5py') || !optionalTool('rasterio'))('a GeoTIFF of a sample', () => {
  it('has for GDAL the values, place and names of the HDF5 file', async () => {
    const path = await writeBatch(join(folder, 'world.h5'), await referenceColumns('test', 5))
    for (const row of [0, 4]) {
      const tiffs: Partial<Record<GeotiffLayers, string>> = {}
      for (const layers of ALL) {
        const { name, bytes } = await patchGeotiff(files, { file: path, row, layers })
        tiffs[layers] = join(folder, name)
        writeFileSync(join(folder, name), bytes)
      }
      const words = ['-W', 'error', '-c', COMPARED, path, String(row), JSON.stringify(tiffs)]
      const told: unknown = JSON.parse(execFileSync(PYTHON, words, { encoding: 'utf8' }))
      const same = { area: 'Area', shot: true }
      expect(told).toEqual({
        bands: { ...same, bands: BANDS, nodata: 0, mask: 'undefined' },
        terrain: { ...same, bands: TERRAIN, nodata: null, mask: 'undefined' },
        landcover: { ...same, bands: ['WorldCover'], nodata: 0, mask: 'gray' },
        biomass: { ...same, bands: ['AGBD, Mg/ha'], nodata: -9999, mask: 'gray' },
        all: {
          ...same,
          bands: [...BANDS, ...TERRAIN, 'WorldCover', 'AGBD, Mg/ha'],
          nodata: -9999,
          mask: 'undefined',
        },
      })
    }
  })

  it('keeps a turned window and awkward names', () => {
    const path = join(folder, 'turned.tif')
    const image = {
      width: 3,
      height: 2,
      bands: [{ name: 'a < "b" & c', values: Uint8Array.of(1, 2, 3, 4, 5, 6) }],
      transform: [8, 6, 500_000, 6, -8, 4_000_000, 0, 0, 1],
      epsg: 32733,
      nodata: null,
      items: [],
    }
    writeFileSync(path, encodeGeotiff(image))
    const told = execFileSync(
      PYTHON,
      [
        '-c',
        'import json, rasterio, sys\nf = rasterio.open(sys.argv[1])\nprint(json.dumps([list(f.transform), f.crs.to_epsg(), f.descriptions, f.read(1).tolist()]))',
        path,
      ],
      { encoding: 'utf8' },
    )
    expect(JSON.parse(told)).toEqual([
      image.transform,
      32733,
      ['a < "b" & c'],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ])
  })
})

describe('without GDAL', () => {
  it('a GeoTIFF is read by another library, as it stands in the file', async () => {
    const columns = madeSamples(2)
    columns.float32('Transforms', 1).set([10, 0, 399_960, 0, -10, 5_300_040, 0, 0, 1])
    columns.setString('CRS', 1, 0, 'EPSG:32632')
    const path = await writeBatch(join(folder, 'made.h5'), columns)
    const { bytes } = await patchGeotiff(files, { file: path, row: 1, layers: 'bands' })
    const image = await (await fromArrayBuffer(Uint8Array.from(bytes).buffer)).getImage()
    expect([image.getWidth(), image.getHeight(), image.getSamplesPerPixel()]).toEqual([32, 32, 12])
    expect(image.getBoundingBox()).toEqual([399_960, 5_299_720, 400_280, 5_300_040])
    expect(image.getGeoKeys()).toMatchObject({ GTRasterTypeGeoKey: 1, ProjectedCSTypeGeoKey: 32632 })
    expect(image.getGDALNoData()).toBe(0)
    const rasters = (await image.readRasters({ samples: [1, 11] })) as unknown as ArrayLike<number>[]
    const stored = columns.uint16('Sentinel-2 L2A', 1)
    expect([...Array.from(rasters[0]), ...Array.from(rasters[1])]).toEqual([
      ...stored.subarray(1024, 2048),
      ...stored.subarray(11 * 1024),
    ])
  })

  it.each(['EPSG:4326', 'WGS 84', ''])('there is none in the CRS "%s"', async (crs) => {
    const columns = madeSamples(1)
    columns.setString('CRS', 0, 0, crs)
    const path = await writeBatch(join(folder, 'crs.h5'), columns)
    const request = { file: path, row: 0, layers: 'all' } as const
    await expect(patchGeotiff(files, request)).rejects.toMatchObject({ tag: 'dataset-invalid', file: path })
  })

  it('there is none where the transform has holes, or there is no such sample', async () => {
    const columns = madeSamples(1)
    columns.float32('Transforms', 0)[2] = NaN
    columns.setString('CRS', 0, 0, 'EPSG:32632')
    const path = await writeBatch(join(folder, 'holes.h5'), columns)
    for (const row of [0, 1])
      await expect(patchGeotiff(files, { file: path, row, layers: 'bands' })).rejects.toMatchObject({
        tag: 'dataset-invalid',
      })
  })
})
