import type { RunEvent } from '../../src-shared/run/events'
import { STEP_LABELS, type Step } from '../../src-shared/run/steps'

type Progress = Extract<RunEvent, { kind: 'progress' }>

/** Milliseconds between two redraws on a terminal, and between two lines where output is piped. */
const REDRAW_MS = 100
const PLAIN_MS = 10_000
/** The rate is that of the last seconds, so that it follows changes and does not jump. */
const RATE_WINDOW_MS = 10_000

/** Shows how far a step is: done of total, rate, time left. */
export class ProgressLine {
  private step: Step | null = null
  private lastShown = 0
  private shown = false
  private readonly marks: { time: number; done: number }[] = []

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly now: () => number = () => performance.now(),
  ) {}

  show(progress: Progress): void {
    const time = this.now()
    if (progress.step !== this.step) {
      this.step = progress.step
      this.marks.length = 0
      this.lastShown = this.stream.isTTY ? 0 : time
    }
    this.marks.push({ time, done: progress.done })
    while (this.marks.length > 2 && time - this.marks[0].time > RATE_WINDOW_MS) this.marks.shift()
    if (time - this.lastShown < (this.stream.isTTY ? REDRAW_MS : PLAIN_MS)) return
    this.lastShown = time
    const text = describeProgress(progress, this.rate())
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, this.stream.columns - 1))}`)
      this.shown = true
    } else {
      this.stream.write(`${text}\n`)
    }
  }

  /** Removes the moving line so that other text can be written. */
  clear(): void {
    if (this.shown) this.stream.write('\r\u001b[2K')
    this.shown = false
  }

  private rate(): number | null {
    const [first, last] = [this.marks.at(0), this.marks.at(-1)]
    if (first === undefined || last === undefined || last.time - first.time < 500) return null
    return ((last.done - first.done) / (last.time - first.time)) * 1000
  }
}

/** `Cutting samples: 41,200 of 118,000 footprints (35 %), 312/s, 4 min left` */
export function describeProgress({ step, done, total, unit }: Progress, rate: number | null): string {
  const share = total > 0 ? ` (${Math.floor((100 * done) / total)} %)` : ''
  const speed =
    rate === null || rate <= 0 ? '' : `, ${round(rate)}/s, ${duration((total - done) / rate)} left`
  const noun = total === 1 ? unit.replace(/s$/, '') : unit
  return `${STEP_LABELS[step]}: ${round(done)} of ${round(total)} ${noun}${share}${speed}`
}

function round(value: number): string {
  return (value < 10 ? Number(value.toFixed(1)) : Math.round(value)).toLocaleString('en-US')
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
