import { useVirtualizer } from '@tanstack/react-virtual'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import classes from './virtual-table.module.css'

/** A column of a table. */
export interface Column<Row> {
  id: string
  title: string
  /** Track of a CSS grid: `120px`, `minmax(160px, 1fr)`. */
  width: string
  /** Numbers stand at the end, so that they can be compared. */
  align?: 'end'
  cell: (row: Row) => ReactNode
  /** Order of two rows from small to large; a column without it cannot be sorted by. */
  order?: (a: Row, b: Row) => number
}

interface VirtualTableProps<Row> {
  /** Accessible name. */
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  /** Column that it is sorted by at first. */
  sortedBy: string
}

const ROW_HEIGHT = 28

/** A table of any number of rows, of which those in view are drawn; its headings sort it. */
export function VirtualTable<Row>({
  label,
  rows,
  columns,
  keyOf,
  sortedBy,
}: VirtualTableProps<Row>): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const [sort, setSort] = useState({ by: sortedBy, descending: false })
  const sorted = useMemo(() => {
    const order = columns.find(({ id }) => id === sort.by)?.order
    if (order === undefined) return rows
    return [...rows].sort(sort.descending ? (a, b) => order(b, a) : order)
  }, [rows, columns, sort])
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    useFlushSync: false,
  })
  const gridTemplateColumns = columns.map(({ width }) => width).join(' ')

  return (
    <div ref={scroller} className={classes.scroller} tabIndex={0} role="region" aria-label={label}>
      <div role="table" aria-label={label} aria-rowcount={sorted.length + 1} className={classes.table}>
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns }}>
            {columns.map(({ id, title, align, order }) => (
              <Heading
                key={id}
                title={title}
                align={align}
                sort={sort.by === id ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                onSort={
                  order === undefined
                    ? null
                    : () => setSort({ by: id, descending: sort.by === id && !sort.descending })
                }
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = sorted[index]
            return row === undefined ? null : (
              <div
                key={keyOf(row)}
                role="row"
                aria-rowindex={index + 2}
                className={classes.row}
                style={{ gridTemplateColumns, transform: `translateY(${start}px)` }}
              >
                {columns.map(({ id, align, cell }) => (
                  <div key={id} role="cell" className={classes.cell} data-align={align}>
                    {cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface HeadingProps {
  title: string
  align: 'end' | undefined
  sort: 'ascending' | 'descending' | 'none'
  /** null where the column has no order. */
  onSort: (() => void) | null
}

function Heading({ title, align, sort, onSort }: HeadingProps): ReactNode {
  if (onSort === null) {
    return (
      <div role="columnheader" className={classes.heading} data-align={align}>
        {title}
      </div>
    )
  }
  const Arrow = sort === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <div role="columnheader" aria-sort={sort} className={classes.heading} data-align={align}>
      <button type="button" className={classes.sort} onClick={onSort}>
        {title}
        <Arrow size={14} aria-hidden visibility={sort === 'none' ? 'hidden' : 'visible'} />
      </button>
    </div>
  )
}
