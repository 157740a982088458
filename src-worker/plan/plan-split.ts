import { DuckDBDataChunk, INTEGER, quotedString } from '@duckdb/node-api'
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
import { readOpenPlaces, type OpenPlaces } from '../stac/open-places'
import { cutOrder, rankScenes } from './cut-order'
import { loadPlanned, partsOf, planContents, type PlannedBefore } from './planned-before'

/** Rows of a Parquet row group: a batch is found by its group, without reading the others. */
const ROW_GROUP = 20_480
const APPEND_ROWS = 2048

/** For every row of a subset: the scenes to cut it from. */
interface Choices {
  /** Number of the first scene, -1 where there is none. */
  scene: Int32Array
  /** Block key of the window in that scene. */
  block: Uint32Array
  /** Place of each row's scenes to try in `lists`. */
  list: Int32Array
  /** Numbers of scenes to try, best first, as `3 17`: each list once, since most footprints of a granule in a tile share one. */
  lists: string[]
  /** Rows that failed searches leave open, with the number of the error. */
  open: { row: number; error: number }[]
}

/**
 * Chooses the scenes of every footprint of a subset and writes them, in cutting order and numbered into batches of
 * `batchSize`, as a Parquet file; footprints without a scene go to a table of rejections, and those that failed searches
 * leave open to neither. A plan that is added to keeps its batches; what was open gets batches after them.
 * @throws StudioError as importTable, readScenes and readOpenPlaces; where a plan that is to be added to cannot be read;
 * `cancelled`
 */
export async function planSplit(request: JobInput<'plan'>, ctx: JobContext): Promise<JobOutput<'plan'>> {
  await mkdir(dirname(request.output), { recursive: true })
  await mkdir(dirname(request.rejections), { recursive: true })
  return withDatabase(request, async (database) => {
    const { rows } = await importTable(database, request.subset, 'subset', ctx.signal, 'once')
    const before = await loadPlanned(database, request.extend ? request.output : null, rows)
    const places = await readOpenPlaces(request.open)
    const scenes = [...(await readScenes(database, request.scenes)).values()]
    const choices = await chooseScenes(database, { rows, before, places }, scenes, request, ctx)
    const order = cutOrder(choices.scene, choices.block, rankScenes(scenes))
    await appendOrder(database, order, choices, ctx.signal)
    await appendOpen(database, choices.open)
    await writePlan(database, before, request, ctx.signal)
    await writeNoScene(database, request, ctx.signal)
    const { batchSize } = request.settings
    const contents = await planContents(database, request.output)
    const open = places.errors.map((error) => ({ error, footprints: 0 }))
    for (const { error } of choices.open) open[error].footprints++
    return {
      footprints: rows,
      noScene: rows - before.count - order.length - choices.open.length,
      scenes: contents.scenes,
      batches: contents.sizes.length,
      parts: partsOf(contents.sizes, batchSize),
      open: open.filter(({ footprints }) => footprints > 0),
    }
  })
}

async function chooseScenes(
  database: Database,
  { rows, before, places }: { rows: number; before: PlannedBefore; places: OpenPlaces },
  scenes: readonly Scene[],
  { settings }: JobInput<'plan'>,
  ctx: JobContext,
): Promise<Choices> {
  const index = new SceneIndex(scenes)
  const numberOf = new Map(scenes.map((scene, number) => [scene, number]))
  const choices: Choices = {
    scene: new Int32Array(rows).fill(-1),
    block: new Uint32Array(rows),
    list: new Int32Array(rows),
    lists: [],
    open: [],
  }
  const sql = `SELECT lon_lowestmode, lat_lowestmode, epoch_ms(acquisition_time)::DOUBLE FROM subset`
  const placeOf = new Map<string, number>()
  let row = 0
  for await (const chunk of database.chunks(sql, { signal: ctx.signal })) {
    const [lon, lat, time] = [0, 1, 2].map((column) => chunk.getColumnVector(column))
    for (let i = 0; i < chunk.rowCount; i++, row++) {
      const footprint = {
        lon: asNumber(lon.getItem(i)),
        lat: asNumber(lat.getItem(i)),
        acquisitionTime: asNumber(time.getItem(i)),
      }
      if (before.rows[row] === 1) continue
      const error = places.errorOf(footprint.lon, footprint.lat, footprint.acquisitionTime)
      if (error !== null) {
        choices.open.push({ row, error })
        continue
      }
      const found = index.candidates(footprint, settings)
      const best = found.at(0)
      if (best === undefined) continue
      choices.scene[row] = numberOf.get(best.scene) ?? -1
      choices.block[row] = blockKey(best.window)
      const list = found.map(({ scene }) => numberOf.get(scene)).join(' ')
      const known = placeOf.get(list)
      choices.list[row] = known ?? choices.lists.push(list) - 1
      if (known === undefined) placeOf.set(list, choices.list[row])
    }
    ctx.progress(row, rows)
  }
  return choices
}

async function appendOrder(
  database: Database,
  order: Uint32Array,
  { list, lists }: Choices,
  signal: AbortSignal,
): Promise<void> {
  await database.run('CREATE TABLE lists (list INTEGER, candidates VARCHAR)')
  const listAppender = await database.connection.createAppender('lists')
  for (const [place, candidates] of lists.entries()) {
    listAppender.appendInteger(place)
    listAppender.appendVarchar(candidates)
    listAppender.endRow()
  }
  listAppender.closeSync()
  await database.run('CREATE TABLE cut (subset_row INTEGER, place INTEGER, list INTEGER)')
  const appender = await database.connection.createAppender('cut')
  for (let start = 0; start < order.length; start += APPEND_ROWS) {
    throwIfCancelled(signal)
    const rows = [...order.subarray(start, start + APPEND_ROWS)]
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, INTEGER], rows.length)
    chunk.setColumnValues(0, rows)
    chunk.setColumnValues(
      1,
      rows.map((_, i) => start + i),
    )
    chunk.setColumnValues(
      2,
      rows.map((row) => list[row]),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

async function appendOpen(database: Database, open: Choices['open']): Promise<void> {
  await database.run('CREATE TABLE open (subset_row INTEGER)')
  const appender = await database.connection.createAppender('open')
  for (const { row } of open) {
    appender.appendInteger(row)
    appender.endRow()
  }
  appender.closeSync()
}

async function writePlan(
  database: Database,
  before: PlannedBefore,
  { output, settings }: JobInput<'plan'>,
  signal: AbortSignal,
): Promise<void> {
  await database.run(
    `COPY (
       SELECT batch, place, candidates, subset_row,
         shot_number, lon_lowestmode, lat_lowestmode, agbd, agbd_se, delta_time,
         "GEDI Filename"::VARCHAR AS granule, epoch_ms(acquisition_time)::DOUBLE AS acquisition_ms
       FROM (
         SELECT batch, place, candidates, subset_row FROM before UNION ALL
         SELECT ${before.batches} + place // ${settings.batchSize}, ${before.count} + place::DOUBLE,
           candidates, subset_row FROM cut JOIN lists USING (list)
       ) JOIN subset ON subset.rowid = subset_row ORDER BY place
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
       FROM subset WHERE rowid NOT IN (
         SELECT subset_row FROM cut UNION ALL SELECT subset_row FROM before UNION ALL SELECT subset_row FROM open
       ) ORDER BY rowid
     ) TO ${quotedString(partPath(rejections))} (FORMAT csv, HEADER true, DELIMITER ',')`,
    { file: rejections, signal },
  )
  await finishFile(rejections)
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  throw new StudioError('internal', 'A column of the subset came in another type.', {
    hint: 'This is a fault of the program; please report it with the log.',
  })
}
