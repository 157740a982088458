import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { matchesKeys } from '../../frame/keys'
import { sampleKey } from '../../patches/sample-key'
import { isInside } from '../../review/index-ranges'
import { columnsIn, contentHeight, GAP, placeAfter, rowsInView, type RowList } from './grid-geometry'
import { PatchCell } from './patch-cell'
import classes from './patch-grid.module.css'
import { EDGES, openLarge, samples, useReview, useSamples } from './review-store'
import { sampleAt } from './sample-list-state'
import { extendTo, selectAll, selectOne, toggleOne, useSelectedRanges } from './selection'
import { useGridScroll } from './use-grid-scroll'

/** Rows drawn above and below the view, so that thumbnails are there when they come into it. */
const ROWS_BEYOND = 3
/** Height of a caption, px. */
const CAPTION = 20

/** Thumbnails of all samples, of which only those in view are there. One of them is selected. */
export function PatchGrid(): ReactNode {
  const { preset, stretch, size, query } = useReview()
  const { total: known, pages, selected } = useSamples((state) => state)
  const ranges = useSelectedRanges()
  const { ref: sizeRef, height } = useElementSize()
  // Of what the scroll bar leaves.
  const { ref: contentRef, width } = useElementSize()

  const edge = EDGES[size]
  const captioned = size !== 'small'
  const columns = columnsIn(width, edge)
  const spacing = (width - columns * edge) / (columns + 1)
  const rowHeight = edge + (captioned ? CAPTION : 0) + GAP
  // Until the list is there, empty places fill the view.
  const total = known ?? columns * Math.floor(height / rowHeight)
  const list: RowList = { rows: Math.ceil(total / columns), rowHeight, view: height }
  const { scroller, scrollTop, onScroll } = useGridScroll(list, columns, width > 0)
  const ref = useMergedRef(sizeRef, scroller)

  const seen = rowsInView(list, scrollTop, 0)
  useEffect(() => {
    if (height > 0 && known !== null) samples.look(seen.first * columns, (seen.last + 1) * columns - 1)
  }, [seen.first, seen.last, columns, known, height])

  const move = (event: KeyboardEvent): void => {
    if (matchesKeys('mod+a', event)) {
      selectAll()
      event.preventDefault()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || selected === null) return
    const pageRows = Math.max(1, Math.floor(height / rowHeight))
    const target = placeAfter(event.key, selected.index, { columns, pageRows, total })
    if (target !== null) (event.shiftKey ? extendTo : selectOne)(target)
    else if (event.key === 'Enter') openLarge()
    else return
    event.preventDefault()
  }

  const pick = ({ target, shiftKey, ctrlKey, metaKey }: MouseEvent): boolean => {
    const index =
      target instanceof Element ? target.closest<HTMLElement>('[data-index]')?.dataset.index : undefined
    const select = shiftKey ? extendTo : ctrlKey || metaKey ? toggleOne : selectOne
    if (index !== undefined) select(Number(index))
    return index !== undefined
  }

  const { first, last, top } = rowsInView(list, scrollTop, ROWS_BEYOND)
  const used = new Set<string>()
  const cells = []
  let waiting = known === null
  for (let index = first * columns; index < Math.min((last + 1) * columns, total); index++) {
    const sample = sampleAt({ pages }, index)
    const beyond = index < seen.first * columns || index >= (seen.last + 1) * columns
    if (sample === null && !beyond) waiting = true
    const known = sample === null ? null : sampleKey(sample)
    // While batches are being written, two pages may for a moment hold the same sample.
    const key = known === null || used.has(known) ? `place ${index}` : known
    used.add(key)
    cells.push(
      <PatchCell
        key={key}
        id={cellId(index)}
        sample={sample}
        index={index}
        total={total}
        selected={isInside(ranges, index)}
        active={selected?.index === index}
        preset={preset}
        stretch={stretch}
        edge={edge}
        beyond={beyond}
        caption={captioned ? query.order : null}
        left={Math.round(spacing + (index % columns) * (edge + spacing))}
        top={top + (Math.floor(index / columns) - first) * rowHeight}
      />,
    )
  }

  const active = selected === null ? -1 : Math.floor(selected.index / columns)
  return (
    <div
      ref={ref}
      className={classes.grid}
      role="listbox"
      aria-label="Samples"
      aria-multiselectable
      aria-busy={waiting || undefined}
      aria-activedescendant={
        selected !== null && active >= first && active <= last ? cellId(selected.index) : undefined
      }
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={move}
      onClick={pick}
      onDoubleClick={(event) => {
        if (pick(event)) openLarge()
      }}
    >
      <div
        ref={contentRef}
        role="presentation"
        className={classes.content}
        style={{ height: contentHeight(list) }}
      >
        {cells}
      </div>
    </div>
  )
}

function cellId(index: number): string {
  return `sample-${index}`
}
