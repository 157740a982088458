/** Space around and between the cells of the grid, px. */
export const GAP = 8

/** Highest content that browsers lay out exactly, px, with room to spare. */
const TALLEST = 10_000_000

/** How many cells of a width fit beside each other; at least one. */
export function columnsIn(width: number, cell: number): number {
  return Math.max(1, Math.floor((width - GAP) / (cell + GAP)))
}

/** A list of rows of one height in a view that scrolls. All lengths in px. */
export interface RowList {
  rows: number
  rowHeight: number
  /** Height of the view. */
  view: number
}

/** Height of the content. Lists that are too tall for a browser are given less, and scroll faster than the pointer. */
export function contentHeight(list: RowList): number {
  return Math.min(fullHeight(list), TALLEST)
}

/** The rows to draw, with some beyond either edge, and how far the first of them lies below the top of the content. */
export function rowsInView(
  list: RowList,
  scrollTop: number,
  beyond: number,
): { first: number; last: number; top: number } {
  const { rows, rowHeight, view } = list
  const at = scrollTop * scaleOf(list)
  const first = Math.max(0, Math.floor(at / rowHeight) - beyond)
  const last = Math.min(rows - 1, Math.ceil((at + view - GAP) / rowHeight) - 1 + beyond)
  return { first, last, top: first * rowHeight + GAP - at + scrollTop }
}

/** Where to scroll so that a row is wholly in the view, moving as little as possible. */
export function scrollToRow(list: RowList, row: number, scrollTop: number): number {
  const scale = scaleOf(list)
  const [top, bottom] = [row * list.rowHeight, (row + 1) * list.rowHeight + GAP]
  const at = scrollTop * scale
  if (top < at) return top / scale
  return bottom > at + list.view ? (bottom - list.view) / scale : scrollTop
}

/** Where to scroll so that everything stays where it is, when rows are put in above it or taken away. */
export function scrollByRows(list: RowList, rows: number, scrollTop: number): number {
  return scrollTop + (rows * list.rowHeight) / scaleOf(list)
}

/** The place that a key leads to in a grid; null where the key is none that moves. */
export function placeAfter(
  key: string,
  from: number,
  { columns, pageRows, total }: { columns: number; pageRows: number; total: number },
): number | null {
  const target = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    PageUp: from - columns * pageRows,
    PageDown: from + columns * pageRows,
    Home: 0,
    End: total - 1,
  }[key]
  if (target === undefined || total === 0) return null
  if (target >= 0) return Math.min(target, total - 1)
  // Left of the first sample there is nothing; above the first row one stays in the column.
  return key === 'ArrowLeft' ? 0 : from % columns
}

function fullHeight({ rows, rowHeight }: RowList): number {
  return rows * rowHeight + GAP
}

/** Pixels of the list that pass by for a pixel of scrolling. */
function scaleOf(list: RowList): number {
  const full = fullHeight(list)
  return full <= TALLEST ? 1 : (full - list.view) / (TALLEST - list.view)
}
