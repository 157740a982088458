import { useMemo, type ReactNode } from 'react'
import type { TableDistribution } from '../../src-shared/explore/distribution'
import { formatNumber } from '../parts/format'
import { ChartFrame, type ChartFrameProps } from './chart-frame'
import type { ChartTable, CountSeries } from './chart-table'
import { Curves } from './curves'
import { axisEnd, beyond, shares } from './densities'

type AgbdSeries = Omit<CountSeries, 'values'> & { agbd: TableDistribution['agbd'] }

interface AgbdChartProps extends ChartFrameProps {
  series: readonly AgbdSeries[]
}

/** AGBD as densities on one axis: the share of each table's footprints in bins of equal width. */
export function AgbdChart({ series, ...frame }: AgbdChartProps): ReactNode {
  const end = axisEnd(series.map(({ agbd }) => agbd))
  const densities = useMemo(() => series.map(({ agbd }) => shares(agbd)), [series])
  const edges = useMemo(() => series.at(0)?.agbd.edges.filter((edge) => edge <= end) ?? [], [series, end])
  const width = edges.length > 1 ? edges[1] - edges[0] : 0
  const points = useMemo(
    // The curve is drawn in steps: the last edge repeats the last share, so that the last bin has its width.
    () =>
      edges.map((edge, bin) => ({
        at: edge,
        values: densities.map((percents) => percents[Math.min(bin, edges.length - 2)]),
      })),
    [edges, densities],
  )
  const table = useMemo(() => densityTable(series, densities), [series, densities])
  return (
    <ChartFrame
      {...frame}
      series={series}
      table={table}
      note={frame.note ?? beyond(series.map(({ agbd }) => agbd))}
    >
      <Curves
        title={frame.title}
        series={series}
        points={points}
        axis="AGBD (Mg/ha)"
        values={`Share per ${width} Mg/ha (%)`}
        ticks={edges.filter((edge) => edge % (end > 300 ? 100 : 50) === 0)}
        domain={[0, end]}
        steps
        tick={String}
        name={({ at }) => `${at} to ${Math.min(Number(at) + width, end)} Mg/ha`}
        value={(percent) => `${formatNumber(percent)} %`}
      />
    </ChartFrame>
  )
}

function densityTable(series: readonly AgbdSeries[], densities: readonly (readonly number[])[]): ChartTable {
  const edges = series.at(0)?.agbd.edges ?? []
  return {
    columns: [
      { name: 'AGBD from', unit: 'Mg/ha' },
      { name: 'AGBD below', unit: 'Mg/ha' },
      ...series.flatMap(({ label }) => [
        { name: label, unit: 'footprints' },
        { name: `${label}, share`, unit: '%' },
      ]),
    ],
    rows: edges
      .slice(0, -1)
      .map((edge, bin) => [
        edge,
        edges[bin + 1],
        ...series.flatMap(({ agbd }, index) => [agbd.counts[bin], densities[index][bin]]),
      ]),
  }
}
