import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import type { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { quietContext, type JobContext } from '../process/context'
import { combineFootprints } from './combine'
import { combineSummarySchema, type CombineSummary } from './combine-summary'
import { makeGranule, type BeamColumns } from './granule-fixture'
import type { IngestedGranule } from './granule-overlap'
import { findGranules } from './granule-search'
import { ingestGranule } from './ingest'
import { TABLE_HEADER } from './write-table'

let folder = ''
let counter = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'combine-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** An empty folder that is gone after the tests. */
export async function newFolder(): Promise<string> {
  const path = join(folder, String(++counter))
  await mkdir(path)
  return path
}

/** All granules in files and folders, ingested. */
export async function ingestAll(inputs: readonly string[]): Promise<IngestedGranule[]> {
  const output = await newFolder()
  const { granules } = await findGranules(inputs)
  return Promise.all(
    granules.map(async ({ path, name }) => {
      const parquet = join(output, `${name}.parquet`)
      return { parquet, summary: await ingestGranule({ path, output: parquet }, quietContext()) }
    }),
  )
}

/** A granule of the given beams, ingested. */
export async function ingested(name: string, beams: Record<string, BeamColumns>): Promise<IngestedGranule> {
  const path = await makeGranule(join(await newFolder(), name), beams)
  const [granule] = await ingestAll([path])
  return granule
}

/** What combining gave: the summary, the text of both tables, and their shot numbers in order. */
export interface Combined {
  summary: CombineSummary
  tables: Record<Split, string>
  shots: Record<Split, string[]>
  skipped: StudioError[]
}

/** Combines, and checks what must hold for every run. */
export async function combine(
  granules: readonly IngestedGranule[],
  settings: Partial<Settings> = {},
  options: { threads?: number; areaGeoJson?: string } = {},
): Promise<Combined> {
  const output = await newFolder()
  const outputs = { train: join(output, 'train.csv'), test: join(output, 'test.csv') }
  const skipped: StudioError[] = []
  const ctx: JobContext = { ...quietContext(), skipped: (error) => skipped.push(error) }
  const summary = await combineFootprints(
    {
      granules,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      outputs,
      memoryMb: 512,
      tempDirectory: join(output, 'spill'),
      ...options,
    },
    ctx,
  )
  expect(combineSummarySchema.parse(summary)).toEqual(summary)
  expect(accounted(summary)).toBe(summary.shots)
  expect((await readdir(output)).sort()).toEqual(['test.csv', 'train.csv'])
  const tables = { train: await readFile(outputs.train, 'utf8'), test: await readFile(outputs.test, 'utf8') }
  return { summary, tables, shots: { train: shotsOf(tables.train), test: shotsOf(tables.test) }, skipped }
}

function shotsOf(table: string): string[] {
  const [header, ...lines] = table.trimEnd().split('\n')
  expect(header).toBe(TABLE_HEADER)
  return lines.map((line) => line.split(';')[4])
}

/** Every shot ends in exactly one place. */
function accounted({
  withoutPosition,
  duplicates,
  filters,
  otherYears,
  inBuffer = 0,
  train,
  test,
}: CombineSummary): number {
  const removed = filters.reduce((sum, filter) => sum + filter.removed, 0)
  const others = otherYears.reduce((sum, year) => sum + year.shots, 0)
  return withoutPosition + duplicates + removed + others + inBuffer + train + test
}

/** Shots removed by each filter that removed any. */
export const removedBy = ({ summary }: Combined): Record<string, number> =>
  Object.fromEntries(
    summary.filters.filter(({ removed }) => removed > 0).map(({ name, removed }) => [name, removed]),
  )

/** Names of two versions of one granule. */
export const NAME = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'
export const NEWER = NAME.replace('V002', 'V003')
