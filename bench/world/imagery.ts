import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { BAND_NAMES, BANDS, PIXEL_SIZE, type BandName } from '../../src-shared/dataset/bands'
import { gridBounds } from '../../src-worker/catalog/grid-outline'
import { toCog } from './cog'
import { addGrain, addSmoothNoise } from './noise'
import { writeTiff, type RowOf, type TiffSpec } from './tiff'

/** Edges of blocks that providers use: 512 on Planetary Computer, 1024 on Earth Search. */
export const BLOCK_EDGES = [512, 1024] as const
export type BlockEdge = (typeof BLOCK_EDGES)[number]

/** The grid of tile 32TPT, a whole Sentinel-2 scene of 10980 x 10980 pixels. */
const EPSG = 32632
const GRID = { x0: 600_000, y0: 5_200_020, width: 10_980, height: 10_980 }

/** Mean and grain of each band in digital numbers, so that files compress about as well as real ones. */
const REFLECTANCE: Record<Exclude<BandName, 'SCL'>, { mean: number; grain: number }> = {
  B02: { mean: 350, grain: 25 },
  B03: { mean: 600, grain: 35 },
  B04: { mean: 420, grain: 40 },
  B05: { mean: 900, grain: 60 },
  B06: { mean: 2000, grain: 110 },
  B07: { mean: 2500, grain: 140 },
  B08: { mean: 2800, grain: 180 },
  B8A: { mean: 2950, grain: 150 },
  B09: { mean: 3000, grain: 90 },
  B11: { mean: 1700, grain: 90 },
  B12: { mean: 900, grain: 70 },
}

/** A scene of the benchmark's imagery, with blocks of one size, in a folder. */
export function benchScene(folder: string, block: BlockEdge): Scene {
  const product = 'S2A_MSIL2A_20200609T101031_N0214_R022_T32TPT_20200609T134407'
  const bands = Object.fromEntries(BAND_NAMES.map((name) => [name, join(folder, `${name}_${block}.tif`)]))
  return {
    id: product,
    product,
    datetime: Date.UTC(2020, 5, 9, 10, 10, 31),
    cloudCover: 3.5,
    baseline: 2.14,
    epsg: EPSG,
    grid: GRID,
    addOffsets: BANDS.map(() => 0),
    bounds: gridBounds(EPSG, GRID),
    bands: bands as Scene['bands'],
  }
}

/** Whole tiles of terrain and land cover around the scene. */
export function benchTiles(folder: string): { dem: Tile[]; landcover: Tile[] } {
  const dem = [45, 46, 47].flatMap((lat) =>
    [10, 11].map((lon): Tile => {
      const name = `Copernicus_DSM_COG_10_N${lat}_00_E0${lon}_00_DEM`
      return { name, href: join(folder, `${name}.tif`), bounds: [lon, lat, lon + 1, lat + 1], year: null }
    }),
  )
  const name = 'ESA_WorldCover_10m_2020_v100_N45E009_Map'
  return {
    dem,
    landcover: [{ name, href: join(folder, `${name}.tif`), bounds: [9, 45, 12, 48], year: 2020 }],
  }
}

/** Every raster of the imagery, with how to write it. */
function rasters(folder: string): { path: string; spec: TiffSpec; rowOf: RowOf }[] {
  const plain = { pixelIsPoint: false, compress: true } as const
  const bands = BLOCK_EDGES.flatMap((block) =>
    BANDS.map(({ name, resolution }, index) => {
      const pixels = (GRID.width * PIXEL_SIZE) / resolution
      const type = name === 'SCL' ? ('uint8' as const) : ('uint16' as const)
      const place = { epsg: EPSG, x0: GRID.x0, y0: GRID.y0, pixel: resolution }
      return {
        path: benchScene(folder, block).bands[name],
        spec: { width: pixels, height: pixels, block, type, ...place, ...plain },
        rowOf: name === 'SCL' ? sceneClasses : reflectance(name, index, resolution / PIXEL_SIZE),
      }
    }),
  )
  const { dem, landcover } = benchTiles(folder)
  const terrain = dem.map(({ href, bounds: [west, south] }) => {
    const place = { epsg: 4326, x0: west - 0.5 / 3600, y0: south + 1 + 0.5 / 3600, pixel: 1 / 3600 }
    const size = { width: 3600, height: 3600, block: 1024, type: 'float32' as const }
    return {
      path: href,
      spec: { ...size, ...place, pixelIsPoint: true, compress: true },
      rowOf: altitude(3600 * (48 - south)),
    }
  })
  const [west, south, east, north] = gridBounds(EPSG, GRID)
  const cover = landcover.map(({ href, bounds }) => {
    const place = { epsg: 4326, x0: bounds[0], y0: bounds[3], pixel: 1 / 12_000 }
    const only = {
      left: (west - bounds[0]) * 12_000 - 100,
      right: (east - bounds[0]) * 12_000 + 100,
      top: (bounds[3] - north) * 12_000 - 100,
      bottom: (bounds[3] - south) * 12_000 + 100,
    }
    const size = { width: 36_000, height: 36_000, block: 1024, type: 'uint8' as const }
    return { path: href, spec: { ...size, ...place, ...plain, only }, rowOf: landCover }
  })
  return [...bands, ...terrain, ...cover]
}

/**
 * Writes a whole Sentinel-2 scene of 12 bands in both block sizes, and the tiles of terrain and land cover around it:
 * smooth noise for the landscape, grain on top. By GDAL's own COG writer where rasterio is installed.
 */
export async function makeImagery(folder: string, withGdal: boolean): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { path, spec, rowOf } of rasters(folder)) {
    if (!withGdal) {
      await writeTiff(path, spec, rowOf)
      continue
    }
    const plain = `${path}.plain.tif`
    await writeTiff(plain, { ...spec, compress: false }, rowOf)
    toCog(plain, path, spec)
    await rm(plain)
  }
}

/** Rows of a band of the scene; all bands show the same landscape. */
function reflectance(name: Exclude<BandName, 'SCL'>, seed: number, factor: number): RowOf {
  const { mean, grain } = REFLECTANCE[name]
  return (y, row) => {
    row.fill(0.5 * mean)
    addSmoothNoise(row, y, 100, 240 / factor, 0.6 * mean)
    addSmoothNoise(row, y, 101, 24 / factor, 0.4 * mean)
    addGrain(row, y, seed, grain)
  }
}

/** Vegetation and bare ground in patches with ragged edges: nothing that the scene classification would reject. */
const sceneClasses: RowOf = (y, row) => {
  addSmoothNoise(row, y, 100, 120, 0.6)
  addSmoothNoise(row, y, 102, 12, 0.4)
  addGrain(row, y, 103, 0.02)
  for (let x = 0; x < row.length; x++) row[x] = row[x] > 0.55 ? 5 : 4
}

function altitude(firstRow: number): RowOf {
  return (y, row) => {
    for (const [seed, cell, amplitude] of [
      [200, 600, 900],
      [201, 120, 180],
      [202, 20, 25],
    ]) {
      addSmoothNoise(row, firstRow + y, seed, cell, amplitude)
    }
    addGrain(row, firstRow + y, 203, 0.4)
  }
}

const CLASSES = [80, 50, 30, 40, 10, 10, 10, 20, 60]

const landCover: RowOf = (y, row) => {
  addSmoothNoise(row, y, 300, 300, 0.55)
  addSmoothNoise(row, y, 301, 24, 0.35)
  addSmoothNoise(row, y, 302, 3, 0.1)
  for (let x = 0; x < row.length; x++) row[x] = CLASSES[Math.min(8, Math.floor(row[x] * 9))]
}
