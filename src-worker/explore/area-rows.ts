import { createHash } from 'node:crypto'
import { parseArea } from '../footprints/area'
import { indexArea } from '../footprints/area-index'
import { pause } from '../hdf5/pause'
import type { JobContext } from '../process/context'
import type { AreaRows } from './criteria'
import type { Places } from './columns'

/** Rows between two looks at whether the work was cancelled. */
const BLOCK = 50_000

/**
 * Finds the rows in an area; several seconds for millions of rows and many polygons. Progress counts rows.
 * @param geoJson content of the area file
 * @param file its path, named in errors
 * @param known of an earlier call; given back where it is of the same area
 * @throws StudioError `area-invalid`, `cancelled`
 */
export async function areaRows(
  { lon, lat }: Places,
  rows: number,
  { geoJson, file }: { geoJson: string; file: string },
  known: AreaRows | null,
  ctx: Pick<JobContext, 'signal' | 'progress'>,
): Promise<AreaRows> {
  const key = createHash('sha256').update(geoJson).digest('hex')
  if (known?.key === key) return known
  const area = indexArea(parseArea(geoJson, file))
  const [west, south, east, north] = area.extent
  const inside = new Uint8Array(rows)
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK)
    for (let row = start; row < end; row++) {
      const [x, y] = [lon[row], lat[row]]
      const near = x >= west && x <= east && y >= south && y <= north
      if (near && area.contains(x, y)) inside[row] = 1
    }
    ctx.progress(end, rows)
    await pause(ctx.signal)
  }
  return { key, inside }
}
