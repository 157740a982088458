import { GeoTIFF } from 'geotiff'
import type { Georeference } from '../layout'
import { georeferenceOf } from '../tiff-layout'
import type { Jp2Boxes } from './boxes'

const NOWHERE: Georeference = { x0: NaN, y0: NaN, dx: NaN, dy: NaN, epsg: null }

const NUMBER = String.raw`-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?`
const PAIR = String.raw`\s*(${NUMBER})[\s,]+(${NUMBER})\s*`
const ORIGIN = new RegExp(`<(?:\\w+:)?pos\\b[^>]*>${PAIR}</`)
const OFFSET = new RegExp(`<(?:\\w+:)?offsetVector\\b[^>]*>${PAIR}</`, 'g')
const EPSG = /\bsrsName\s*=\s*["'][^"']*EPSG[^"']*?(\d+)["']/

/**
 * Where the image of a JP2 file lies: what GeoJP2 says, else GMLJP2, as GDAL has it. All NaN where neither is there or
 * can be read.
 */
export async function georeferenceOfBoxes({ geotiff, xml }: Jp2Boxes): Promise<Georeference> {
  if (geotiff !== null) {
    try {
      const tiff = await GeoTIFF.fromSource(memorySource(geotiff))
      return await georeferenceOf(await tiff.getImage(0))
    } catch {
      // A box that cannot be read is as good as none; the file's pixels are not in doubt for it.
    }
  }
  for (const text of xml) {
    const found = georeferenceOfGml(text)
    if (found !== null) return found
  }
  return NOWHERE
}

/**
 * The RectifiedGrid of a GML document: `pos` is the centre of the upper left pixel, one offset vector leads to the next
 * pixel of the row, the other to the next row. (GMLJP2 1.0, OGC 05-047r3.) Null where there is none that is north-up.
 */
export function georeferenceOfGml(text: string): Georeference | null {
  const origin = ORIGIN.exec(text)
  const vectors = [...text.matchAll(OFFSET)].flatMap(([, x, y]) => [Number(x), Number(y)])
  if (origin === null || vectors.length !== 4) return null
  const [dx, skewY, skewX, dy] = vectors
  if (skewY !== 0 || skewX !== 0 || dx <= 0 || dy >= 0) return null
  const code = EPSG.exec(text)
  return {
    x0: Number(origin[1]) - dx / 2,
    y0: Number(origin[2]) - dy / 2,
    dx,
    dy,
    epsg: code === null ? null : Number(code[1]),
  }
}

/** Bytes in memory as geotiff.js wants them. */
function memorySource(bytes: Uint8Array): Parameters<typeof GeoTIFF.fromSource>[0] {
  const slice = (offset: number, length: number): ArrayBuffer =>
    new Uint8Array(bytes.subarray(offset, offset + length)).buffer
  return {
    fetch: (slices: { offset: number; length: number }[]) =>
      Promise.resolve(slices.map(({ offset, length }) => slice(offset, length))),
    fetchSlice: ({ offset, length }: { offset: number; length: number }) =>
      Promise.resolve({ offset, length, data: slice(offset, length) }),
    fileSize: bytes.length,
    close: () => Promise.resolve(),
  }
}
