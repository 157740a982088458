import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import type { Report, SplitReport } from '../../src-shared/run/report'

const count = (value: number): string => value.toLocaleString('en-US')

/** The end of a run in some lines: what was kept, what was rejected and why, what was written, how long it took. */
export function summarise(report: Report, folder: string): string {
  const lines: string[] = []
  if (report.nothingToDo) lines.push('Everything was done already; nothing was changed.')
  if (report.granules !== null) {
    lines.push(`${count(report.granules.shots)} shots in ${count(report.granules.read)} granules`)
  }
  for (const split of SPLITS) lines.push(...summariseSplit(split, report[split]))
  const { blocksDecoded, blocksNeeded, bytes } = report.reading
  if (blocksNeeded > 0) {
    lines.push(
      `imagery: ${count(blocksDecoded)} blocks decoded of ${count(blocksNeeded)} needed, ${megabytes(bytes)} read`,
    )
  }
  for (const { error, footprints } of report.failures) {
    lines.push(`failed: ${count(footprints)} footprints: ${StudioError.fromJSON(error).describe()}`)
  }
  if (report.skipped.length > 0)
    lines.push(`left out: ${count(report.skipped.length)} inputs, named in report.json`)
  lines.push(`${folder}: ${report.seconds.toFixed(1)} s`)
  return lines.join('\n')
}

function summariseSplit(split: string, report: SplitReport): string[] {
  if (report.combined === null && report.subset === null) return []
  const steps = [
    report.combined === null ? null : `${count(report.combined)} combined`,
    report.subset === null ? null : `${count(report.subset)} in the subset`,
    report.batches === null ? null : `${count(report.samples)} samples`,
  ].filter((part) => part !== null)
  const lines = [`${split}: ${steps.join(', ')}`]
  const reasons = Object.entries(report.rejected).sort((a, b) => b[1] - a[1])
  if (reasons.length > 0) {
    const total = reasons.reduce((sum, [, number]) => sum + number, 0)
    lines.push(
      `  rejected ${count(total)}: ${reasons.map(([reason, number]) => `${reason} ${count(number)}`).join(', ')}`,
    )
  }
  if (report.dataset !== null) lines.push(`  written ${report.dataset}`)
  return lines
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
