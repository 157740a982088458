import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { formatCount } from '../../parts/format'
import { binAt, outline, rangeOf, roundTo, shareOf, type DrawnBins } from './histogram-shape'
import classes from './histogram-slider.module.css'

/** Two limits; null: no limit on that side. */
export interface Limits {
  low: number | null
  high: number | null
}

interface HistogramSliderProps {
  /** What is counted: "AGBD". The thumbs are called "AGBD from" and "AGBD to". */
  label: string
  bins: DrawnBins
  limits: Limits
  /** Which limits can be moved. */
  thumbs: 'low' | 'high' | 'both' | 'none'
  /** Distance of two values of the slider. */
  step: number
  /** A value with its unit; the high one is the upper edge of what is kept. */
  words: (value: number, end: 'low' | 'high') => string
  /** Told all the while a limit moves. */
  onMove: (limits: Limits) => void
  /** Told when it has been let go. */
  onDone: () => void
  height: number
}

/** A histogram with a slider on it: what passes the other filters as a shadow, what is kept in full colour. */
export function HistogramSlider(props: HistogramSliderProps): ReactNode {
  const { label, bins, limits, thumbs, step, words, onMove, onDone, height } = props
  const { edges, others, kept } = bins
  const range = useMemo(() => rangeOf(edges, step), [edges, step])
  const paths = useMemo(() => {
    const most = others.reduce((largest, count) => Math.max(largest, count), 0)
    return { others: outline(edges, others, range, most), kept: outline(edges, kept, range, most) }
  }, [edges, others, kept, range])
  const [pointed, setPointed] = useState<number | null>(null)
  const dragged = useRef<number>(null)

  const [low, high] = [limits.low ?? range.min, limits.high ?? range.max]
  const move = (one: number, other: number): void => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)]
    onMove({
      low: thumbs === 'high' || from <= range.min ? null : from,
      high: thumbs === 'low' || to >= range.max ? null : to,
    })
  }
  const valueAt = ({ clientX, currentTarget }: PointerEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (clientX - left) / width))
    return roundTo(range.min + share * (range.max - range.min), step)
  }
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    if (thumbs === 'none' || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    dragged.current = valueAt(event)
    if (thumbs !== 'both') move(dragged.current, thumbs === 'low' ? range.max : range.min)
  }
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const value = valueAt(event)
    setPointed(value)
    if (dragged.current === null) return
    if (thumbs !== 'both') move(value, thumbs === 'low' ? range.max : range.min)
    else if (value !== dragged.current) move(dragged.current, value)
  }
  const release = (): void => {
    if (dragged.current === null) return
    dragged.current = null
    onDone()
  }

  return (
    <div className={classes.frame} style={{ height }}>
      <svg
        className={classes.plot}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of ${label}`}
        onPointerDown={press}
        onPointerMove={point}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={() => setPointed(null)}
      >
        <path className={classes.others} d={paths.others} />
        <path className={classes.kept} d={paths.kept} />
        <rect className={classes.outside} width={shareOf(low, range)} height={1} />
        <rect
          className={classes.outside}
          x={shareOf(high, range)}
          width={1 - shareOf(high, range)}
          height={1}
        />
      </svg>
      {thumbs === 'low' || thumbs === 'both' ? (
        <Thumb
          label={thumbs === 'both' ? `${label} from` : `${label} at least`}
          value={low}
          range={range}
          step={step}
          words={limits.low === null ? 'no limit' : words(low, 'low')}
          onMove={(value) => move(Math.min(value, high), high)}
          onDone={onDone}
        />
      ) : null}
      {thumbs === 'high' || thumbs === 'both' ? (
        <Thumb
          label={thumbs === 'both' ? `${label} to` : `${label} at most`}
          value={high}
          range={range}
          step={step}
          words={limits.high === null ? 'no limit' : words(high, 'high')}
          onMove={(value) => move(low, Math.max(value, low))}
          onDone={onDone}
        />
      ) : null}
      <div className={classes.readout}>{pointed === null ? null : readout(bins, pointed, words)}</div>
    </div>
  )
}

function readout(
  { edges, others, kept }: DrawnBins,
  value: number,
  words: HistogramSliderProps['words'],
): string {
  const bin = binAt(edges, value)
  if (bin === null) return words(value, 'low')
  return `${words(edges[bin], 'low')}: ${formatCount(kept[bin])} of ${formatCount(others[bin])}`
}

interface ThumbProps {
  label: string
  value: number
  range: { min: number; max: number }
  step: number
  words: string
  onMove: (value: number) => void
  onDone: () => void
}

/** One end of the slider: a native one of which only the thumb is seen, so that keys and screen readers know it. */
function Thumb({ label, value, range, step, words, onMove, onDone }: ThumbProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(onDone)
  useEffect(() => {
    done.current = onDone
  })
  useEffect(() => {
    const element = input.current
    // React's change is the browser's input; the browser's change comes when the thumb is let go.
    const tell = (): void => done.current()
    element?.addEventListener('change', tell)
    return () => element?.removeEventListener('change', tell)
  }, [])
  return (
    <input
      ref={input}
      className={classes.thumb}
      type="range"
      aria-label={label}
      aria-valuetext={words}
      min={range.min}
      max={range.max}
      step={step}
      value={Math.min(range.max, Math.max(range.min, value))}
      onChange={({ currentTarget }) => onMove(roundTo(currentTarget.valueAsNumber, step))}
    />
  )
}
