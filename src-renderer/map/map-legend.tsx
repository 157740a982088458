import { memo, useId, useMemo, type ReactNode } from 'react'
import type { StateCounts } from '../../src-shared/explore/states'
import { formatCount } from '../parts/format'
import type { Colouring } from './colour-by'
import type { ColourScale } from './colour-scales'
import classes from './map-legend.module.css'
import { legendContent } from './legend-content'

interface MapLegendProps {
  colouring: Colouring
  states: StateCounts | null
  /** Begins folded, where the same colours are explained beside the map. */
  folded?: boolean
  /** Whether the split shown is that of the years, and not the one that the tables get. */
  splitByYear?: boolean
}

/** What the colours on the map mean; it folds, because it may cover footprints. */
export const MapLegend = memo(function MapLegend({
  colouring,
  states,
  folded = false,
  splitByYear = false,
}: MapLegendProps): ReactNode {
  const {
    title,
    scale,
    classes: items,
    note,
  } = useMemo(() => legendContent(colouring, states, splitByYear), [colouring, states, splitByYear])
  return (
    <section className={classes.legend} aria-label="Legend">
      <details open={!folded}>
        <summary className={classes.title}>{title}</summary>
        {scale === null ? null : <Scale scale={scale} />}
        {items.length === 0 ? null : (
          <ul className={classes.list}>
            {items.map(({ colour, label, count }) => (
              <li key={label}>
                <svg width={12} height={12} aria-hidden>
                  <rect width={12} height={12} rx={2} fill={colour} />
                </svg>
                <span>{label}</span>
                {count === null ? null : <span className={classes.count}>{formatCount(count)}</span>}
              </li>
            ))}
          </ul>
        )}
        {note === null ? null : <p className={classes.note}>{note}</p>}
      </details>
    </section>
  )
})

const WIDTH = 208
const MARGIN = 16

function Scale({ scale: { stops, labels } }: { scale: ColourScale }): ReactNode {
  const gradient = useId()
  const [first, last] = [stops[0].value, stops[stops.length - 1].value]
  const share = (value: number): number => (value - first) / (last - first)
  return (
    <svg
      className={classes.scale}
      width={WIDTH + 2 * MARGIN}
      height={30}
      role="img"
      aria-label={rangeOf(labels)}
    >
      <defs>
        <linearGradient id={gradient}>
          {stops.map(({ value, colour }) => (
            <stop key={value} offset={share(value)} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <rect x={MARGIN} width={WIDTH} height={10} fill={`url(#${gradient})`} />
      {labels.map(({ value, text }) => (
        <text key={value} x={MARGIN + WIDTH * share(value)} y={24} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  )
}

function rangeOf(labels: ColourScale['labels']): string {
  return `Colours from ${labels[0].text} to ${labels[labels.length - 1].text}`
}
