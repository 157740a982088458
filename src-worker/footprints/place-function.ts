import { DOUBLE, DuckDBScalarFunction, UTINYINT } from '@duckdb/node-api'
import type { Database } from './database'

/**
 * Makes a function of a place known to the queries of a database.
 * @param valueAt whole number from 0 to 255 of a longitude and latitude, degrees
 * @returns SQL expression of the value for a shot (lon_lowestmode, lat_lowestmode)
 */
export function registerPlaceFunction(
  database: Database,
  name: string,
  valueAt: (lon: number, lat: number) => number,
): string {
  database.connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: [DOUBLE, DOUBLE],
      returnType: UTINYINT,
      mainFunction: (_, chunk, result) => {
        const [lon, lat] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
        for (let row = 0; row < chunk.rowCount; row++) {
          result.setItem(row, valueAt(Number(lon.getItem(row)), Number(lat.getItem(row))))
        }
        result.flush()
      },
    }),
  )
  return `${name}(lon_lowestmode, lat_lowestmode)`
}
