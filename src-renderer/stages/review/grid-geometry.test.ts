import { expect, it } from 'vitest'
import {
  columnsIn,
  contentHeight,
  GAP,
  placeAfter,
  rowsInView,
  scrollByRows,
  scrollToRow,
  type RowList,
} from './grid-geometry'

const list: RowList = { rows: 100, rowHeight: 100, view: 350 }
/** Taller than any browser lays out: 60 million px. */
const tall: RowList = { rows: 600_000, rowHeight: 100, view: 350 }

it('as many cells stand beside each other as fit with the space around them', () => {
  expect(columnsIn(GAP + 3 * (64 + GAP), 64)).toBe(3)
  expect(columnsIn(GAP + 3 * (64 + GAP) - 1, 64)).toBe(2)
  expect(columnsIn(0, 64)).toBe(1)
})

it('only rows in view are drawn, with some beyond either edge', () => {
  expect(rowsInView(list, 0, 0)).toEqual({ first: 0, last: 3, top: GAP })
  expect(rowsInView(list, 1000, 2)).toEqual({ first: 8, last: 15, top: 800 + GAP })
  expect(rowsInView(list, contentHeight(list) - 350, 3).last).toBe(99)
  expect(rowsInView({ ...list, rows: 0 }, 0, 3).last).toBe(-1)
})

it('a row comes into view by the shortest way', () => {
  expect(scrollToRow(list, 2, 1000)).toBe(200)
  expect(scrollToRow(list, 11, 1000)).toBe(1000)
  const below = scrollToRow(list, 20, 1000)
  expect(rowsInView(list, below, 0).last).toBe(20)
  expect(below).toBe(2100 + GAP - 350)
})

it('rows that come in above move the view along', () => {
  expect(scrollByRows(list, 3, 1000)).toBe(1300)
  expect(scrollByRows(list, -2, 1000)).toBe(800)
})

it('a list too tall for a browser can be scrolled from its first to its last row', () => {
  const height = contentHeight(tall)
  expect(height).toBeLessThanOrEqual(10_000_000)
  expect(rowsInView(tall, 0, 0).first).toBe(0)
  const end = height - tall.view
  const { first, last, top } = rowsInView(tall, end, 0)
  expect(last).toBe(599_999)
  // The last row ends, with its space, where the content ends.
  expect(top + (last - first + 1) * tall.rowHeight).toBeCloseTo(height, 3)
  for (const row of [0, 12_345, 599_999]) {
    const seen = rowsInView(tall, scrollToRow(tall, row, 0), 0)
    expect(row).toBeGreaterThanOrEqual(seen.first)
    expect(row).toBeLessThanOrEqual(seen.last)
  }
})

it('keys move through the grid and stop at its ends', () => {
  const grid = { columns: 4, pageRows: 3, total: 50 }
  const after = (key: string, from: number): number | null => placeAfter(key, from, grid)
  expect([after('ArrowRight', 3), after('ArrowLeft', 4), after('ArrowDown', 3), after('ArrowUp', 7)]).toEqual(
    [4, 3, 7, 3],
  )
  expect([after('PageDown', 1), after('PageUp', 14), after('Home', 30), after('End', 3)]).toEqual([
    13, 2, 0, 49,
  ])
  expect([after('ArrowLeft', 0), after('ArrowUp', 2), after('PageUp', 6), after('ArrowDown', 48)]).toEqual([
    0, 2, 2, 49,
  ])
  expect(after('a', 3)).toBeNull()
  expect(placeAfter('End', 0, { ...grid, total: 0 })).toBeNull()
})
