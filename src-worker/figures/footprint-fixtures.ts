import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as h5wasm from 'h5wasm/node'
import { SAMPLE_DIR } from '../../e2e/tools'
import { TABLE_COLUMNS } from '../../src-shared/footprint/footprint'

/** Where and when; the other columns do not matter to a figure. */
export interface TestFootprint {
  lon: number
  lat: number
  time: string
}

/** Every shot of the sample's granules, read past the program's own reader; times are those of the file names. */
export async function sampleFootprints(): Promise<TestFootprint[]> {
  await h5wasm.ready
  const folder = join(SAMPLE_DIR, 'gedi')
  return (await readdir(folder)).sort().flatMap((name) => {
    const [year, day, hour, minute, second] = [
      name.slice(9, 13),
      name.slice(13, 16),
      name.slice(16, 18),
      name.slice(18, 20),
      name.slice(20, 22),
    ].map(Number)
    const time = new Date(Date.UTC(year, 0, day, hour, minute, second)).toISOString()
    const file = new h5wasm.File(join(folder, name), 'r')
    try {
      const beams = file.keys().filter((key) => key.startsWith('BEAM'))
      return beams.flatMap((beam) => {
        const lons = column(file, `${beam}/lon_lowestmode`)
        const lats = column(file, `${beam}/lat_lowestmode`)
        return Array.from(lons, (lon, index) => ({ lon, lat: lats[index], time }))
      })
    } finally {
      file.close()
    }
  })
}

/** Writes a table as another program might: with fractions of a second. */
export async function writeFootprints(path: string, footprints: readonly TestFootprint[]): Promise<void> {
  const rows = footprints.map(
    ({ lon, lat, time }, index) =>
      `100.5;12.25;${lon};${lat};${83310020000090071n + BigInt(index)};7.5;1;1;1;a.h5;${time}`,
  )
  await writeFile(path, [TABLE_COLUMNS.join(';'), ...rows, ''].join('\n'))
}

function column(file: h5wasm.File, path: string): Float64Array {
  const dataset = file.get(path)
  const value = dataset instanceof h5wasm.Dataset ? dataset.value : null
  if (value instanceof Float64Array) return value
  throw new Error(`the sample lacks ${path}`)
}
