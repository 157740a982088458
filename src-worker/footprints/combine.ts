import { rm } from 'node:fs/promises'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Settings } from '../../src-shared/settings/settings'
import { counted } from '../../src-shared/wording/counted'
import type { JobContext } from '../process/context'
import { parseArea } from './area'
import { registerArea } from './area-function'
import { indexArea } from './area-index'
import { combineGranule, createKeptTables, keptTable, SPLIT_CODES } from './combine-granule'
import type { CombineSummary } from './combine-summary'
import { withDatabase, type Database } from './database'
import { finishFile, partPath } from '../files/durable-file'
import { compareNames } from './granule-name'
import { newerOverlapping, type IngestedGranule } from './granule-overlap'
import { registerBlocks } from './block-function'
import { shotFilters, type ShotFilter } from './shot-filter'
import { shuffleKey } from './shuffle-order'
import { writeTablePart } from './write-table'

export interface CombineRequest {
  granules: readonly IngestedGranule[]
  settings: Settings
  /** Content of the file that the setting `area` names. */
  areaGeoJson?: string | undefined
  /** Paths of the two tables to write. */
  outputs: Readonly<Record<Split, string>>
  /** Memory for the database before it spills into `tempDirectory`, MiB. */
  memoryMb: number
  tempDirectory: string
  threads?: number | undefined
}

/**
 * Filters the shots of all granules, keeps the newest version of each, splits them by year, or by blocks of ground where
 * the settings ask for that, and writes the two combined tables (SPEC 1 and 2), shuffled by the seed: the same files
 * for any order of granules and any number of threads. Progress counts shots read.
 * @throws StudioError `no-granules` when there is none, or none has the columns that the active filters need;
 * `area-invalid`; `disk-full`, `output-unwritable`, `cancelled`
 */
export async function combineFootprints(request: CombineRequest, ctx: JobContext): Promise<CombineSummary> {
  const { settings } = request
  return withDatabase(request, async (database) => {
    const filters = shotFilters(settings, prepareArea(database, request))
    const { usable, leftOut } = selectGranules(request.granules, filters, ctx)
    await createKeptTables(
      database,
      usable.map(({ summary }) => summary.name),
    )
    const counts = await filterGranules(database, usable, filters, settings, ctx)
    const rows = await writeTables(database, request, ctx)
    return { granules: usable.length, ...counts, ...rows, leftOut }
  })
}

function prepareArea(database: Database, { settings, areaGeoJson }: CombineRequest): string | null {
  if (settings.area === null) return null
  if (areaGeoJson !== undefined)
    return registerArea(database, indexArea(parseArea(areaGeoJson, settings.area)))
  throw new StudioError('area-invalid', 'The area file was not read.', {
    file: settings.area,
    hint: 'Check that the file exists.',
  })
}

interface Selection {
  /** Sorted by name, newest version last. */
  usable: IngestedGranule[]
  leftOut: CombineSummary['leftOut']
}

/** Leaves out granules that lack a column that an active filter needs, and says so. */
function selectGranules(
  granules: readonly IngestedGranule[],
  filters: readonly ShotFilter[],
  ctx: JobContext,
): Selection {
  const needed = filters.flatMap(({ needs }) => needs ?? [])
  const sorted = granules.toSorted((a, b) => compareNames(a.summary.name, b.summary.name))
  const leftOut: CombineSummary['leftOut'] = []
  const usable: IngestedGranule[] = []
  for (const granule of sorted) {
    const columns = needed.filter((column) => granule.summary.missingColumns.includes(column))
    if (columns.length === 0) usable.push(granule)
    else {
      leftOut.push({ granule: granule.summary.name, columns })
      ctx.skipped(lackingColumns(granule.summary.path, columns))
    }
  }
  if (usable.length > 0) return { usable, leftOut }
  const message =
    granules.length === 0
      ? 'There is no granule to combine.'
      : 'No granule has all columns that the filters need.'
  throw new StudioError('no-granules', message, { hint: 'Check the input folders and the filters.' })
}

function lackingColumns(file: string, columns: readonly string[]): StudioError {
  const message = `The granule lacks ${columns.join(', ')}, which an active filter needs; it is left out.`
  return new StudioError('granule-incomplete', message, {
    file,
    hint: 'Turn the filter off, or download the granule with all of its columns.',
    context: { columns: columns.join(',') },
  })
}

type Counts = Pick<
  CombineSummary,
  'shots' | 'withoutPosition' | 'duplicates' | 'filters' | 'otherYears' | 'inBuffer'
>

async function filterGranules(
  database: Database,
  granules: readonly IngestedGranule[],
  filters: readonly ShotFilter[],
  settings: Settings,
  ctx: JobContext,
): Promise<Counts> {
  const total = granules.reduce((sum, { summary }) => sum + shotsInFile(summary), 0)
  const newer = newerOverlapping(granules)
  const removed = filters.map(() => 0)
  const otherYears = new Map<number, number>()
  const counts = { shots: 0, withoutPosition: 0, duplicates: 0 }
  const block = registerBlocks(database, settings)
  let inBuffer = 0
  for (const granule of granules) {
    throwIfCancelled(ctx.signal)
    const { summary } = granule
    const year = new Date(summary.acquisitionTime).getUTCFullYear()
    const split = splitOf(year, settings)
    const place = split === null ? '0' : (block ?? String(SPLIT_CODES[split]))
    const verdict = await combineGranule(
      database,
      granule,
      newer.get(granule) ?? [],
      filters,
      place,
      ctx.signal,
    )
    counts.shots += shotsInFile(summary)
    counts.withoutPosition += summary.withoutPosition
    counts.duplicates += summary.repeatedShots + summary.shots - verdict.newest
    for (const [index, shots] of verdict.removed.entries()) removed[index] += shots
    if (split === null && verdict.passed > 0) {
      otherYears.set(year, (otherYears.get(year) ?? 0) + verdict.passed)
    }
    if (split !== null) inBuffer += verdict.unplaced
    ctx.progress(counts.shots, total)
  }
  if (inBuffer > 0) ctx.log('info', bufferWords(inBuffer, settings))
  return {
    ...counts,
    ...(block === null ? {} : { inBuffer }),
    filters: filters.map(({ name }, index) => ({ name, removed: removed[index] })),
    otherYears: [...otherYears].sort(([a], [b]) => a - b).map(([year, shots]) => ({ year, shots })),
  }
}

function bufferWords(inBuffer: number, { splitBuffer }: Settings): string {
  const dropped = `${counted(inBuffer, 'footprint')} ${inBuffer === 1 ? 'is' : 'are'} dropped`
  return `${dropped}: nearer than ${splitBuffer ?? 0} m to a block of the other split.`
}

function shotsInFile(summary: IngestedGranule['summary']): number {
  return summary.shots + summary.withoutPosition + summary.repeatedShots
}

function splitOf(year: number, { trainYears, testYears }: Settings): Split | null {
  if (trainYears.includes(year)) return 'train'
  return testYears.includes(year) ? 'test' : null
}

/** Writes both tables under their `.part` names before either gets its final one. */
async function writeTables(
  database: Database,
  { outputs, settings }: CombineRequest,
  ctx: JobContext,
): Promise<Record<Split, number>> {
  const rows: Record<Split, number> = { train: 0, test: 0 }
  try {
    for (const split of SPLITS) {
      const source = {
        from: keptTable(split),
        orderBy: `${shuffleKey('combine', settings.seed)}, shot_number`,
      }
      ctx.log('info', `Shuffling and writing the ${split} table.`)
      rows[split] = await writeTablePart(database, source, outputs[split], ctx.signal)
    }
    for (const split of SPLITS) await finishFile(outputs[split])
    return rows
  } catch (thrown) {
    for (const split of SPLITS) await rm(partPath(outputs[split]), { force: true })
    throw thrown
  }
}
