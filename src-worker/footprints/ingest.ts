import { rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { withDatabase } from './database'
import { writeDurably } from '../files/durable-file'
import { openGranule } from './granule'
import { parseGranuleName } from './granule-name'
import { INGEST_FORMAT, sidecarPath, type GranuleSummary } from './granule-summary'
import { OPTIONAL_COLUMNS } from './shot-columns'
import { loadShots, writeShots } from './shot-store'

export interface IngestRequest {
  /** The granule, HDF5. */
  path: string
  /** The Parquet file to write; its sidecar is named by `sidecarPath`. */
  output: string
  /** Memory for the database, MiB; 512 where left out. */
  memoryMb?: number | undefined
}

/**
 * Writes every shot of a granule that has a position into one Parquet file: `beam` (number of the beam, UTINYINT)
 * and the columns of SHOT_COLUMNS, null where the beam lacks an optional one. No quality filter: a shot that fails
 * must still supersede its older versions. Progress counts shots.
 * @throws StudioError `granule-foreign`, `granule-unreadable`, `granule-incomplete`; `input-missing`; `disk-full`,
 * `output-unwritable`, `cancelled`
 */
export async function ingestGranule(request: IngestRequest, ctx: JobContext): Promise<GranuleSummary> {
  const { path, output } = request
  const source = await describeSource(path)
  await rm(sidecarPath(output), { force: true })
  const granule = await openGranule(path)
  try {
    const options = { memoryMb: request.memoryMb ?? 512, threads: 1, tempDirectory: `${output}.spill` }
    const stored = await withDatabase(options, async (database) => {
      const missing = await loadShots(database, granule, ctx)
      return { missing, ...(await writeShots(database, output, ctx.signal)) }
    })
    const summary: GranuleSummary = {
      format: INGEST_FORMAT,
      ...source,
      beams: [...granule.beams],
      shots: stored.rows,
      withoutPosition: stored.withoutPosition,
      repeatedShots: granule.shots - stored.withoutPosition - stored.rows,
      missingColumns: OPTIONAL_COLUMNS.filter((column) => stored.missing.has(column)),
      shotRange: stored.shotRange,
    }
    await writeDurably(sidecarPath(output), `${JSON.stringify(summary, null, 1)}\n`)
    return summary
  } finally {
    granule.close()
  }
}

type Source = Pick<GranuleSummary, 'path' | 'name' | 'size' | 'mtimeMs' | 'acquisitionTime'>

async function describeSource(path: string): Promise<Source> {
  const name = basename(path)
  const parsed = parseGranuleName(name)
  if (parsed === null) {
    throw new StudioError('granule-foreign', 'The name is not that of a GEDI L4A granule.', {
      file: path,
      hint: 'Granules are named GEDI04_A_YYYYDDDHHMMSS_Ooooooo_gg_Tttttt_pp_rrr_vv_Vvvv.h5.',
    })
  }
  const stats = await stat(path).catch((cause: unknown) => {
    throw new StudioError('input-missing', 'The granule does not exist or cannot be read.', {
      file: path,
      hint: 'Check the path and that you may read it.',
      cause,
    })
  })
  return { path, name, size: stats.size, mtimeMs: stats.mtimeMs, acquisitionTime: parsed.acquisitionTime }
}
