import type { ReactNode } from 'react'
import type { ClusterTask } from '../../src-shared/api/cluster-state'
import { VirtualTable, type Column } from '../parts/virtual-table'
import classes from './cluster-panel.module.css'
import { plainState, slurmWords, taskName } from './task-words'

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const COLUMNS: readonly Column<ClusterTask>[] = [
  {
    id: 'task',
    title: 'Task',
    width: '88px',
    cell: taskName,
    order: (a, b) => a.job - b.job || (a.task ?? -1) - (b.task ?? -1),
  },
  { id: 'split', title: 'Split', width: '72px', cell: ({ split }) => split },
  {
    id: 'batches',
    title: 'Batches',
    width: '104px',
    cell: ({ batches, kind }) => {
      if (batches === null) return kind === 'fuse' ? 'fuse' : '–'
      return batches.first === batches.last ? batches.first : `${batches.first}–${batches.last}`
    },
  },
  {
    id: 'done',
    title: 'Done',
    width: '88px',
    align: 'end',
    cell: ({ batches }) => (batches === null ? '' : `${batches.done} of ${batches.last - batches.first + 1}`),
  },
  {
    id: 'plain',
    title: 'State',
    width: 'minmax(160px, 1fr)',
    cell: (task) => (
      <span className={task.unfinished && task.state !== '' ? classes.fault : undefined}>
        {plainState(task)}
      </span>
    ),
    order: (a, b) => byText(plainState(a), plainState(b)),
  },
  {
    id: 'slurm',
    title: 'In Slurm’s words',
    width: 'minmax(160px, 1fr)',
    cell: (task) => <span title={slurmWords(task)}>{slurmWords(task)}</span>,
    order: (a, b) => byText(slurmWords(a), slurmWords(b)),
  },
]

/** Tasks of the project on the cluster; thousands of them are no matter. */
export function TaskTable({ tasks }: { tasks: readonly ClusterTask[] }): ReactNode {
  return (
    <div className={classes.table} style={{ height: HEAD + ROW * Math.min(tasks.length, ROWS) }}>
      <VirtualTable
        label="Tasks on the cluster"
        rows={tasks}
        columns={COLUMNS}
        keyOf={(task) => `${task.kind} ${taskName(task)}`}
        sortedBy="task"
      />
    </div>
  )
}

/** Heights of the table, px, and the rows that it shows without being scrolled. */
const HEAD = 34
const ROW = 28
const ROWS = 10
