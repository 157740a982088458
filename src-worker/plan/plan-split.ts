import { DOUBLE, DuckDBDataChunk, INTEGER, quotedString, VARCHAR } from '@duckdb/node-api'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Scene } from '../../src-shared/catalog/scene'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { SceneIndex } from '../catalog/scene-index'
import { withDatabase, type Database } from '../footprints/database'
import { finishFile, partPath } from '../files/durable-file'
import { importTable } from '../footprints/table'
import type { JobInput, JobOutput } from '../jobs/schemas'
import type { JobContext } from '../process/context'
import { blockKey } from '../sample/window'
import { readScenes } from './catalog-store'
import { cutOrder, rankScenes } from './cut-order'

/** Rows of a Parquet row group: a batch is found by its group, without reading the others. */
const ROW_GROUP = 20_480
const APPEND_ROWS = 2048

/** For every row of a subset: the scenes to cut it from. */
interface Choices {
  /** Number of the first scene, -1 where there is none. */
  scene: Int32Array
  /** Block key of the window in that scene. */
  block: Uint32Array
  /** Numbers of all scenes to try, best first, as `3 17`; only kept where there are several. */
  several: Map<number, string>
}

/**
 * Chooses the scenes of every footprint of a subset and writes them, in cutting order and numbered into batches of
 * `batchSize`, as a Parquet file; footprints without a scene go to a table of rejections.
 * @throws StudioError as importTable and readScenes; `cancelled`
 */
export async function planSplit(request: JobInput<'plan'>, ctx: JobContext): Promise<JobOutput<'plan'>> {
  await mkdir(dirname(request.output), { recursive: true })
  await mkdir(dirname(request.rejections), { recursive: true })
  return withDatabase(request, async (database) => {
    const { rows } = await importTable(database, request.subset, 'subset', ctx.signal)
    const scenes = [...(await readScenes(database, request.scenes)).values()]
    const choices = await chooseScenes(database, rows, scenes, request, ctx)
    const order = cutOrder(choices.scene, choices.block, rankScenes(scenes))
    await appendOrder(database, order, choices, ctx.signal)
    await writePlan(database, request, ctx.signal)
    await writeNoScene(database, request, ctx.signal)
    return {
      footprints: rows,
      noScene: rows - order.length,
      scenes: countDistinct(choices.scene, scenes.length),
      batches: Math.ceil(order.length / request.settings.batchSize),
    }
  })
}

async function chooseScenes(
  database: Database,
  rows: number,
  scenes: readonly Scene[],
  { settings }: JobInput<'plan'>,
  ctx: JobContext,
): Promise<Choices> {
  const index = new SceneIndex(scenes)
  const numberOf = new Map(scenes.map((scene, number) => [scene, number]))
  const choices: Choices = {
    scene: new Int32Array(rows).fill(-1),
    block: new Uint32Array(rows),
    several: new Map(),
  }
  const sql = `SELECT lon_lowestmode, lat_lowestmode, epoch_ms(acquisition_time)::DOUBLE FROM subset`
  let row = 0
  for await (const chunk of database.chunks(sql, { signal: ctx.signal })) {
    const [lon, lat, time] = [0, 1, 2].map((column) => chunk.getColumnVector(column))
    for (let i = 0; i < chunk.rowCount; i++, row++) {
      const footprint = {
        lon: asNumber(lon.getItem(i)),
        lat: asNumber(lat.getItem(i)),
        acquisitionTime: asNumber(time.getItem(i)),
      }
      const found = index.candidates(footprint, settings)
      const best = found.at(0)
      if (best === undefined) continue
      choices.scene[row] = numberOf.get(best.scene) ?? -1
      choices.block[row] = blockKey(best.window)
      if (found.length > 1) {
        choices.several.set(row, found.map(({ scene }) => numberOf.get(scene)).join(' '))
      }
    }
    ctx.progress(row, rows)
  }
  return choices
}

async function appendOrder(
  database: Database,
  order: Uint32Array,
  { scene, several }: Choices,
  signal: AbortSignal,
): Promise<void> {
  await database.run('CREATE TABLE cut (subset_row INTEGER, place DOUBLE, candidates VARCHAR)')
  const appender = await database.connection.createAppender('cut')
  for (let start = 0; start < order.length; start += APPEND_ROWS) {
    throwIfCancelled(signal)
    const rows = [...order.subarray(start, start + APPEND_ROWS)]
    const chunk = DuckDBDataChunk.create([INTEGER, DOUBLE, VARCHAR], rows.length)
    chunk.setColumnValues(0, rows)
    chunk.setColumnValues(
      1,
      rows.map((_, i) => start + i),
    )
    chunk.setColumnValues(
      2,
      rows.map((row) => several.get(row) ?? String(scene[row])),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

async function writePlan(
  database: Database,
  { output, settings }: JobInput<'plan'>,
  signal: AbortSignal,
): Promise<void> {
  await database.run(
    `COPY (
       SELECT floor(place / ${settings.batchSize})::INTEGER AS batch, place, candidates, subset_row,
         shot_number, lon_lowestmode, lat_lowestmode, agbd, agbd_se, delta_time,
         "GEDI Filename" AS granule, epoch_ms(acquisition_time)::DOUBLE AS acquisition_ms
       FROM cut JOIN subset ON subset.rowid = cut.subset_row ORDER BY place
     ) TO ${quotedString(partPath(output))} (FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP})`,
    { file: output, signal },
  )
  await finishFile(output)
}

async function writeNoScene(
  database: Database,
  { rejections, split }: JobInput<'plan'>,
  signal: AbortSignal,
): Promise<void> {
  await database.run(
    `COPY (
       SELECT shot_number, '${split}' AS split, 'no-scene' AS reason
       FROM subset WHERE rowid NOT IN (SELECT subset_row FROM cut) ORDER BY rowid
     ) TO ${quotedString(partPath(rejections))} (FORMAT csv, HEADER true, DELIMITER ',')`,
    { file: rejections, signal },
  )
  await finishFile(rejections)
}

function countDistinct(scene: Int32Array, scenes: number): number {
  const seen = new Uint8Array(scenes)
  for (const number of scene) if (number >= 0) seen[number] = 1
  return seen.reduce((sum, flag) => sum + flag, 0)
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  throw new StudioError('internal', 'A column of the subset came in another type.', {
    hint: 'This is a fault of the program; please report it with the log.',
  })
}
