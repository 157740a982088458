import { BOOLEAN, DOUBLE, DuckDBScalarFunction } from '@duckdb/node-api'
import type { AreaIndex } from './area-index'
import type { Database } from './database'

const FUNCTION = 'in_polygons'

/**
 * Makes an area known to the queries of a database.
 * @returns SQL condition for a shot (lon_lowestmode, lat_lowestmode) inside the area
 */
export function registerArea(database: Database, area: AreaIndex): string {
  database.connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: FUNCTION,
      parameterTypes: [DOUBLE, DOUBLE],
      returnType: BOOLEAN,
      mainFunction: (_, chunk, result) => {
        const [lon, lat] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
        for (let row = 0; row < chunk.rowCount; row++) {
          result.setItem(row, area.contains(Number(lon.getItem(row)), Number(lat.getItem(row))))
        }
        result.flush()
      },
    }),
  )
  const [west, south, east, north] = area.extent
  // CASE keeps points outside the box from the function; AND may ask it first.
  return `CASE WHEN lon_lowestmode BETWEEN ${west} AND ${east} AND lat_lowestmode BETWEEN ${south} AND ${north}
    THEN ${FUNCTION}(lon_lowestmode, lat_lowestmode) ELSE false END`
}
