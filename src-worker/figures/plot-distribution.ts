import { extname } from 'node:path'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import { withDatabase } from '../footprints/database'
import { importTable } from '../footprints/table'
import type { JobContext } from '../process/context'
import { readDensity } from './density'
import { readDistribution } from './distribution'
import { figureSpec, type FigureSubject } from './figure-spec'
import { fitFrame } from './frame'
import { pngOf } from './png'
import { renderSvg } from './svg'
import { writeDurably } from '../files/durable-file'

/** A table to draw, and what its database may use. */
export interface DistributionInput extends FigureSubject {
  /** Memory of the database, MiB. */
  memoryMb: number
  /** Folder for what does not fit into it. */
  tempDirectory: string
}

/** Steps of a figure that are reported as progress: table read, counted, drawn, written. */
const STEPS = 4
const TABLE = 'footprints'

/**
 * Draws where and when the footprints of a combined or subset table were acquired, and writes the figure: as SVG where
 * the output ends in `.svg`, otherwise as PNG, 2610 pixels wide: 180 mm at 368 dpi. The same table gives the same bytes.
 * @throws StudioError `input-missing` or `table-invalid` (the table), `output-unwritable`, `disk-full`, `cancelled`
 */
export async function plotDistribution(
  input: DistributionInput & { output: string },
  context: JobContext,
): Promise<{ rows: number }> {
  const { rows, svg } = await renderDistributionSvg(input, context)
  throwIfCancelled(context.signal)
  await writeDurably(input.output, extname(input.output) === '.svg' ? svg : await pngOf(svg))
  context.progress(STEPS, STEPS)
  return { rows }
}

/**
 * The same figure as SVG. Its texts are text, in DejaVu Sans where the viewer has it.
 * @throws StudioError `input-missing` or `table-invalid` (the table), `disk-full`, `cancelled`
 */
export async function renderDistributionSvg(
  input: DistributionInput,
  context: Pick<JobContext, 'signal' | 'progress'>,
): Promise<{ rows: number; svg: string }> {
  const { signal } = context
  const { memoryMb, tempDirectory } = input
  const counted = await withDatabase({ memoryMb, tempDirectory }, async (database) => {
    await importTable(database, input.table, TABLE, signal)
    context.progress(1, STEPS)
    const distribution = await readDistribution(database, TABLE, signal)
    const frame = fitFrame(distribution.range)
    return {
      ...{ distribution, frame },
      density: await readDensity(database, TABLE, distribution.rows, frame, signal),
    }
  })
  context.progress(2, STEPS)
  const svg = await renderSvg(await figureSpec(input, counted.distribution, counted.frame, counted.density))
  throwIfCancelled(signal)
  context.progress(3, STEPS)
  return { rows: counted.distribution.rows, svg }
}
