import type { ScreenBox } from './overlay'

/** Shorter drags are clicks, pixels. */
const LEAST_DRAG = 4

interface BoxToolOptions {
  /** The box while it is drawn; null when that ended. */
  onChange: (box: ScreenBox | null) => void
  onDrawn: (box: ScreenBox) => void
}

/**
 * Draws boxes with the pointer: while Shift is held, or always while it is active. It takes the events before the map
 * does, so that the map does not pan under the box.
 */
export class BoxTool {
  /** Whether a drag draws a box without Shift too. */
  active = false
  readonly #container: HTMLElement
  readonly #options: BoxToolOptions
  #start: { x: number; y: number; pointer: number } | null = null

  constructor(container: HTMLElement, options: BoxToolOptions) {
    this.#container = container
    this.#options = options
    container.addEventListener('pointerdown', this.#down, { capture: true })
    container.addEventListener('pointermove', this.#move)
    container.addEventListener('pointerup', this.#up)
    container.addEventListener('pointercancel', this.#cancel)
    container.addEventListener('keydown', this.#key)
    container.addEventListener('mousedown', this.#swallow, { capture: true })
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0 || !(this.active || event.shiftKey)) return
    event.preventDefault()
    event.stopPropagation()
    this.#container.setPointerCapture(event.pointerId)
    this.#start = { ...this.#place(event), pointer: event.pointerId }
  }

  /** The mouse event of the same press; it must not reach the map either. */
  readonly #swallow = (event: MouseEvent): void => {
    if (this.#start !== null) event.stopPropagation()
  }

  readonly #move = (event: PointerEvent): void => {
    const box = this.#boxTo(event)
    if (box !== null) this.#options.onChange(box)
  }

  readonly #up = (event: PointerEvent): void => {
    const box = this.#boxTo(event)
    if (this.#start === null) return
    this.#cancel()
    if (box !== null && (box.right - box.left > LEAST_DRAG || box.bottom - box.top > LEAST_DRAG)) {
      this.#options.onDrawn(box)
    }
  }

  readonly #cancel = (): void => {
    if (this.#start === null) return
    this.#container.releasePointerCapture(this.#start.pointer)
    this.#start = null
    this.#options.onChange(null)
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#start !== null) {
      event.stopPropagation()
      this.#cancel()
    }
  }

  #boxTo(event: PointerEvent): ScreenBox | null {
    if (this.#start?.pointer !== event.pointerId) return null
    const { x, y } = this.#place(event)
    return {
      left: Math.min(x, this.#start.x),
      top: Math.min(y, this.#start.y),
      right: Math.max(x, this.#start.x),
      bottom: Math.max(y, this.#start.y),
    }
  }

  #place(event: PointerEvent): { x: number; y: number } {
    const { left, top } = this.#container.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
}
