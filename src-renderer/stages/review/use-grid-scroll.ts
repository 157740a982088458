import { useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { viewMoves } from '../../patches/view-moves'
import { scrollByRows, scrollToRow, type RowList } from './grid-geometry'
import { samples, useSamples } from './review-store'

interface GridScroll {
  scroller: RefObject<HTMLDivElement | null>
  scrollTop: number
  onScroll: () => void
}

/**
 * How far the grid is scrolled. It scrolls by itself so that the selected sample is in view when it has to be, and that
 * what is in view stays there when the grid changes: its width, its size, or samples that come in above.
 * @param columns samples in a row
 * @param ready whether the grid has a size
 */
export function useGridScroll(list: RowList, columns: number, ready: boolean): GridScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const selected = useSamples((state) => state.selected)
  const reveal = useSamples((state) => state.reveal)
  const moved = useSamples((state) => state.moved)

  const onScroll = (): void => {
    if (scroller.current === null) return
    viewMoves()
    setScrollTop(scroller.current.scrollTop)
  }
  const scrollTo = (top: number): void => {
    if (scroller.current === null) return
    scroller.current.scrollTop = top
    onScroll()
  }

  const keepFirst = useEffectEvent(() => {
    const row = Math.floor(samples.firstInView / columns)
    if (ready) scrollTo(scrollToRow(list, row, Infinity))
  })
  useLayoutEffect(() => keepFirst(), [columns, list.rowHeight, ready])

  const follow = useEffectEvent(({ from, to }: { from: number; to: number }) => {
    const rows = Math.floor(to / columns) - Math.floor(from / columns)
    if (rows !== 0) scrollTo(scrollByRows(list, rows, scrollTop))
  })
  useLayoutEffect(() => {
    if (moved !== null) follow(moved)
  }, [moved])

  const revealed = useRef(reveal)
  const showSelected = useEffectEvent(() => {
    if (selected !== null) scrollTo(scrollToRow(list, Math.floor(selected.index / columns), scrollTop))
  })
  useLayoutEffect(() => {
    if (revealed.current === reveal) return
    revealed.current = reveal
    showSelected()
  }, [reveal])

  return { scroller, scrollTop, onScroll }
}
