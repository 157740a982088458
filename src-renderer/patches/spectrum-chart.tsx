import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { ChartFrame } from '../charts/chart-frame'
import { seriesTable } from '../charts/chart-table'
import { reflectanceTop, SPECTRAL_BANDS, type SpectrumPoint } from './spectrum'
import classes from './spectrum-chart.module.css'

/** One line of the chart; a broad one is drawn for others to lie upon. */
export interface Spectrum {
  label: string
  /** A CSS colour. */
  colour: string
  broad?: boolean
  /** Empty while it is not known. */
  points: readonly SpectrumPoint[]
}

interface SpectrumChartProps {
  title: string
  fileName: string
  spectra: readonly Spectrum[]
  /** A short remark below. */
  note?: string
}

const HEIGHT = 200
const MARGIN = { left: 56, right: 12, top: 8, bottom: 40 }
const FIRST_WIDTH = 288
const TICKS = 4

/** Reflectance over the eleven spectral bands, evenly spaced in the order of their wavelengths. */
export function SpectrumChart({ title, fileName, spectra, note }: SpectrumChartProps): ReactNode {
  const { ref, width } = useElementSize()
  const names = SPECTRAL_BANDS.map(({ band, wavelength }) => `${band}, ${wavelength} nm`)
  const series = spectra.map(({ label, colour, points }) => ({
    label,
    colour,
    weight: 'figure' as const,
    values: SPECTRAL_BANDS.map((_, place) => points.at(place)?.reflectance ?? NaN),
  }))
  const table = seriesTable({ name: 'Band' }, names, series, 'reflectance')
  const rows = table.rows.map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell)))
  return (
    <ChartFrame
      title={title}
      fileName={fileName}
      height={HEIGHT}
      series={series}
      table={{ columns: table.columns, rows }}
      note={note}
    >
      <div ref={ref} className={classes.plot}>
        <SpectrumDrawing title={title} width={width || FIRST_WIDTH} spectra={spectra} />
      </div>
    </ChartFrame>
  )
}

/** A value of the table: four decimals, as many as the stored integers have. */
function shown(value: number): number | string {
  return Number.isNaN(value) ? '' : Number(value.toFixed(4))
}

interface SpectrumDrawingProps {
  title: string
  width: number
  spectra: readonly Spectrum[]
}

function SpectrumDrawing({ title, width, spectra }: SpectrumDrawingProps): ReactNode {
  const top = reflectanceTop(spectra.map(({ points }) => points))
  const [inner, plot] = [width - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom]
  const x = (place: number): number => MARGIN.left + ((place + 0.5) / SPECTRAL_BANDS.length) * inner
  const y = (reflectance: number): number => MARGIN.top + (1 - reflectance / top) * plot
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => (i / TICKS) * top)
  return (
    <svg className={classes.drawing} width={width} height={HEIGHT} role="img" aria-label={title}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={classes.grid}
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text
            className={classes.text}
            x={MARGIN.left - 4}
            y={y(tick)}
            textAnchor="end"
            dominantBaseline="middle"
          >
            {Number(tick.toFixed(3))}
          </text>
        </g>
      ))}
      {SPECTRAL_BANDS.map(({ band, wavelength }, place) => (
        <text key={band} className={classes.text} x={x(place)} y={HEIGHT - 26} textAnchor="middle">
          <title>{`${band}, ${wavelength} nm`}</title>
          {band.slice(1)}
        </text>
      ))}
      <text className={classes.text} x={MARGIN.left + inner / 2} y={HEIGHT - 6} textAnchor="middle">
        Band, by wavelength (490 to 2190 nm)
      </text>
      <text
        className={classes.text}
        textAnchor="middle"
        transform={`translate(10 ${MARGIN.top + plot / 2}) rotate(-90)`}
      >
        Reflectance
      </text>
      {spectra.map(({ label, colour, broad = false, points }) => (
        <g key={label}>
          <path
            className={classes.line}
            data-broad={broad || undefined}
            d={pathOf(points, x, y)}
            style={{ stroke: colour }}
          />
          {points.map(({ band, wavelength, reflectance }, place) =>
            reflectance === null ? null : (
              <circle key={band} cx={x(place)} cy={y(reflectance)} r={2.5} style={{ fill: colour }}>
                <title>{`${label}, ${band}, ${wavelength} nm: ${reflectance.toFixed(4)}`}</title>
              </circle>
            ),
          )}
        </g>
      ))}
    </svg>
  )
}

/** A line through the points that have a value; it breaks where one has none. */
function pathOf(
  points: readonly SpectrumPoint[],
  x: (place: number) => number,
  y: (reflectance: number) => number,
): string {
  let pen = 'M'
  return points
    .map(({ reflectance }, place) => {
      if (reflectance === null) {
        pen = 'M'
        return ''
      }
      const step = `${pen}${x(place).toFixed(1)} ${y(reflectance).toFixed(1)}`
      pen = 'L'
      return step
    })
    .join('')
}
