/** When a view of pictures was last moved, of performance.now(). */
let moved = -Infinity

/** Tells that a view moves, so that pictures wait until it is known which of them stay in it. */
export function viewMoves(): void {
  moved = performance.now()
}

/** Milliseconds that are left until the view has been still for so long. */
export function untilStill(milliseconds: number): number {
  return Math.max(0, moved + milliseconds - performance.now())
}
