import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import type { Report, SplitReport } from '../../src-shared/run/report'
import { reasonsInOrder } from '../../src-shared/review/marks'
import { counted } from '../../src-shared/wording/counted'
import { forecastLines } from './forecast-lines'
import { leakageSummary } from './leakage-lines'

const number = (value: number): string => value.toLocaleString('en-US')

/** The end of a run in some lines: what was kept, what was rejected and why, what was written, how long it took. */
export function summarise(report: Report, folder: string): string {
  const lines: string[] = []
  if (report.nothingToDo) lines.push('Everything was done already; nothing was changed.')
  if (report.granules !== null) {
    lines.push(`${counted(report.granules.shots, 'shot')} in ${counted(report.granules.read, 'granule')}`)
  }
  for (const split of SPLITS) lines.push(...summariseSplit(split, report[split]))
  lines.push(...summariseBatches(report), ...forecastLines(report), ...summariseReading(report))
  lines.push(...leakageSummary(report.leakage))
  lines.push(...summariseFailures(report))
  if (report.skipped.length > 0)
    lines.push(`left out: ${counted(report.skipped.length, 'input')}, named in report.json`)
  lines.push(`${folder}: ${report.seconds.toFixed(1)} s`)
  return lines.join('\n')
}

function summariseSplit(split: string, report: SplitReport): string[] {
  if (report.combined === null && report.subset === null) return []
  const { batches } = report
  const isCut = batches !== null && (batches.done > 0 || batches.total === 0)
  const steps = [
    report.combined === null ? null : `${number(report.combined)} combined`,
    report.subset === null ? null : `${number(report.subset)} in the subset`,
    report.tooNear === undefined ? null : `${number(report.tooNear)} too near to train`,
    isCut ? counted(report.samples, 'sample') : null,
  ].filter((part) => part !== null)
  const lines = [`${split}: ${steps.join(', ')}`]
  const reasons = Object.entries(report.rejected).sort((a, b) => b[1] - a[1])
  if (reasons.length > 0) {
    const total = reasons.reduce((sum, [, footprints]) => sum + footprints, 0)
    const parts = reasons.map(([reason, footprints]) => `${reason} ${number(footprints)}`)
    lines.push(`  rejected ${number(total)}: ${parts.join(', ')}`)
  }
  lines.push(...summariseReview(report))
  if (report.dataset !== null) lines.push(`  written ${report.dataset}`)
  return lines
}

/** What the review left out, and how many of its marks did not apply. */
function summariseReview({ review }: SplitReport): string[] {
  if (review === null) return []
  const { excluded, reasons, unmatched } = review
  const parts = reasonsInOrder({ keep: 0, exclude: excluded, reasons }).map(
    ({ reason, count }) => `${reason === 'none' ? 'no reason given' : reason} ${number(count)}`,
  )
  return [
    ...(excluded === 0 ? [] : [`  left out by review ${number(excluded)}: ${parts.join(', ')}`]),
    ...(unmatched.length === 0
      ? []
      : [`  ${counted(unmatched.length, 'mark')} of the review did not apply, named in report.json`]),
  ]
}

/** How the batches are numbered, where some are still to be cut or joined. */
function summariseBatches({ batches, train, test }: Report): string[] {
  const isOpen = [train, test].some((split) => split.batches !== null && split.dataset === null)
  if (batches === null || batches.total === 0 || !isOpen) return []
  const range = batches.total === 1 ? '0' : `0-${batches.total - 1}`
  return [`${counted(batches.total, 'batch', 'batches')} (batch --index ${range}), ${batches.done} done`]
}

/** What reading imagery cost, where this run read any. */
function summariseReading({ reading, stepSeconds }: Report): string[] {
  const { blocksDecoded, blocksNeeded, bytes } = reading
  if (!('batch' in stepSeconds) || blocksNeeded === 0) return []
  const blocks = `${counted(blocksDecoded, 'block')} decoded of ${number(blocksNeeded)} needed`
  const lines = [`imagery: ${blocks}, ${megabytes(bytes)} read`]
  if (reading.requests > 0) {
    const again = reading.retries === 0 ? '' : `, ${number(reading.retries)} of them tried again`
    lines.push(
      `network: ${counted(reading.requests, 'request')}${again}; ${megabytes(reading.bytesReceived)} received`,
    )
  }
  return lines
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** One line a file, or a server where it was the network, and what running again does. */
function summariseFailures({ failures }: Report): string[] {
  const groups = new Map<string, Report['failures']>()
  for (const failure of failures) {
    const { tag, context, file, message } = failure.error
    const key =
      typeof context.host === 'string' ? `${tag} ${context.host}` : `${tag} ${file ?? ''} ${message}`
    groups.set(key, [...(groups.get(key) ?? []), failure])
  }
  const lines = [...groups.values()].map((group) => {
    const [{ error }] = group
    const footprints = group.reduce((sum, failure) => sum + failure.footprints, 0)
    const others =
      group.length === 1
        ? ''
        : ` (and ${counted(group.length - 1, 'more file')} of ${String(error.context.host)})`
    return `failed (${error.tag}): ${counted(footprints, 'footprint')}: ${StudioError.fromJSON(error).describe()}${others}`
  })
  if (lines.length === 0) return []
  const open = failures.reduce((sum, { footprints }) => sum + footprints, 0)
  return [...lines, `${counted(open, 'footprint')} left open; running again takes up just these`]
}
