import { Box, Group, Text, Title } from '@mantine/core'
import { useRef, useState, type ReactNode } from 'react'
import { ChartDataTable } from './chart-data-table'
import classes from './chart-frame.module.css'
import { ChartMenu } from './chart-menu'
import type { ChartTable, CountSeries } from './chart-table'

export interface ChartFrameProps {
  /** What is counted: "Footprints per day of the year, train". */
  title: string
  /** Stem of the names of saved files: `train_days`. */
  fileName: string
  /** Height of the drawing, px; the table takes the same place. */
  height: number
  /** A short remark below: what the chart leaves out. */
  note?: string | undefined
}

interface FrameContentProps extends ChartFrameProps {
  series: readonly Pick<CountSeries, 'label' | 'colour' | 'weight'>[]
  /** The same data as rows. */
  table: ChartTable
  children: ReactNode
}

/** A chart in its place: title, legend, a menu to save it, and its data as a table for who prefers to read them. */
export function ChartFrame({
  title,
  fileName,
  height,
  note,
  series,
  table,
  children,
}: FrameContentProps): ReactNode {
  const [asTable, showTable] = useState(false)
  const plot = useRef<HTMLDivElement>(null)
  return (
    <Box component="figure" className={classes.frame} aria-label={title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={3} className={classes.title}>
          {title}
        </Title>
        <ChartMenu
          title={title}
          fileName={fileName}
          legend={series}
          table={table}
          plot={plot}
          asTable={asTable}
          onShowTable={showTable}
        />
      </Group>
      <ul className={classes.legend} aria-label={`Legend: ${title}`}>
        {series.map(({ label, colour, weight }) => (
          <li key={label}>
            <span className={classes.swatch} data-weight={weight} style={{ backgroundColor: colour }} />
            {label}
          </li>
        ))}
      </ul>
      {asTable ? (
        <ChartDataTable title={title} table={table} height={height} />
      ) : (
        <div ref={plot} className={classes.plot} style={{ height }}>
          {children}
        </div>
      )}
      {note === undefined ? null : (
        <Text component="figcaption" size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Box>
  )
}
