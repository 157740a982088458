import type { CardMap, FileFacts } from '../../src-shared/card/card-facts'
import type { Split } from '../../src-shared/footprint/footprint'
import { outlinesIn } from '../figures/coastline'
import { rangeOf } from '../figures/distribution'
import { fitFrame, place, type LonLatRange, type MapFrame } from '../figures/frame'
import { meridians, parallels } from '../figures/graticule'
import { withHdf5 } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { readFloats } from '../patches/dataset-rows'
import { sampleFileOf } from '../patches/sample-file'
import type { CardFile } from './gather-facts'

const CELL = 4
const BLOCK_ROWS = 10_000

/**
 * The map of all samples: how many lie in each cell of 4 x 4 units, with land, borders and graticule around them.
 * @param facts of the same files; those without positions are left out
 * @returns null where no file has positions
 * @throws StudioError `cancelled`
 */
export async function mapSamples(
  files: readonly CardFile[],
  facts: readonly FileFacts[],
  signal: AbortSignal,
): Promise<CardMap | null> {
  const shown = files.filter((_, k) => facts[k].bounds !== null)
  const bounds = facts.flatMap((fact) => (fact.bounds === null ? [] : [fact.bounds]))
  const range = rangeOf(
    [...bounds].sort((a, b) => a.west - b.west).reduce<LonLatRange[]>(joinOverlapping, []),
  )
  if (range === null) return null
  const frame = fitFrame(range)
  const cells: CardMap['cells'] = []
  for (const file of shown) cells.push(...(await cellsOf(file, frame, signal)))
  const { land, borders } = await outlinesIn(frame)
  return {
    ...{ width: frame.width, height: frame.height, land, borders },
    ...{ meridians: meridians(frame), parallels: parallels(frame), cell: CELL, cells },
  }
}

/** Ranges that overlap become one: `rangeOf` looks for gaps between them. */
function joinOverlapping(ranges: LonLatRange[], next: LonLatRange): LonLatRange[] {
  const last = ranges.at(-1)
  if (last === undefined || next.west > last.east) return [...ranges, { ...next }]
  last.east = Math.max(last.east, next.east)
  last.south = Math.min(last.south, next.south)
  last.north = Math.max(last.north, next.north)
  return ranges
}

async function cellsOf(
  { split, path }: CardFile,
  frame: MapFrame,
  signal: AbortSignal,
): Promise<CardMap['cells']> {
  const columns = Math.ceil(frame.width / CELL)
  const counts = new Uint32Array(columns * Math.ceil(frame.height / CELL))
  await withHdf5(path, async (reader) => {
    const file = sampleFileOf(reader)
    const [samples] = reader.shape('data/GEDI Lat Lon')
    for (let start = 0; start < samples; start += BLOCK_ROWS) {
      const positions = readFloats(file, 'GEDI Lat Lon', start, Math.min(BLOCK_ROWS, samples - start))
      for (let i = 0; i < positions.length; i += 2) {
        const [x, y] = place(frame, positions[i + 1], positions[i])
        if (x >= 0 && y >= 0 && x < frame.width && y < frame.height)
          counts[Math.floor(y / CELL) * columns + Math.floor(x / CELL)]++
      }
      await pause(signal)
    }
  })
  return filled(split, counts, columns)
}

function filled(split: Split, counts: Uint32Array, columns: number): CardMap['cells'] {
  const cells: CardMap['cells'] = []
  counts.forEach((samples, k) => {
    if (samples > 0)
      cells.push({ split, x: (k % columns) * CELL, y: Math.floor(k / columns) * CELL, samples })
  })
  return cells
}
