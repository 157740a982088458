import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GranuleRow } from '../../../src-shared/api/inspection'
import { formatBytes, formatCount, formatDay } from '../../parts/format'
import { VirtualTable, type Column } from '../../parts/virtual-table'
import classes from './sources-stage.module.css'

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const COLUMNS: readonly Column<GranuleRow>[] = [
  {
    id: 'acquired',
    title: 'Date (UTC)',
    width: '104px',
    cell: ({ acquired }) => <span title={acquired}>{formatDay(acquired)}</span>,
    order: (a, b) => byText(a.acquired, b.acquired),
  },
  {
    id: 'orbit',
    title: 'Orbit',
    width: '72px',
    align: 'end',
    cell: ({ orbit }) => orbit,
    order: (a, b) => a.orbit - b.orbit,
  },
  {
    id: 'shots',
    title: 'Shots',
    width: '80px',
    align: 'end',
    cell: ({ shots }) => (shots === null ? 'not read' : formatCount(shots)),
    order: (a, b) => (a.shots ?? -1) - (b.shots ?? -1),
  },
  {
    id: 'bytes',
    title: 'Size',
    width: '80px',
    align: 'end',
    cell: ({ bytes }) => formatBytes(bytes),
    order: (a, b) => a.bytes - b.bytes,
  },
  {
    id: 'problem',
    title: 'Problem',
    width: 'minmax(120px, 1fr)',
    cell: ({ problem }) =>
      problem === null ? (
        ''
      ) : (
        <Tooltip label={`${problem.message} ${problem.hint}`}>
          <span className={classes.fault}>{problem.message}</span>
        </Tooltip>
      ),
    order: (a, b) => byText(a.problem?.message ?? '', b.problem?.message ?? ''),
  },
  {
    id: 'name',
    title: 'File',
    width: 'minmax(120px, 2fr)',
    cell: ({ name, path }) => <span title={path}>{name}</span>,
    order: (a, b) => byText(a.name, b.name),
  },
]

/** Most often there is no problem; the width is better used for names then. */
const COLUMNS_WITHOUT_PROBLEM = COLUMNS.filter(({ id }) => id !== 'problem')

/** The granules of the inputs; thousands of them are no matter. */
export function GranuleTable({ granules }: { granules: readonly GranuleRow[] }): ReactNode {
  const sound = granules.every(({ problem }) => problem === null)
  return (
    <VirtualTable
      label="Granules"
      rows={granules}
      columns={sound ? COLUMNS_WITHOUT_PROBLEM : COLUMNS}
      keyOf={({ path }) => path}
      sortedBy="acquired"
    />
  )
}
