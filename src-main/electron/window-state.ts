import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const rectangleSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })

/** Places and sizes on the screen, in pixels that are independent of the display's density. */
export type Rectangle = z.infer<typeof rectangleSchema>

const windowStateSchema = z.object({ bounds: rectangleSchema, maximised: z.boolean() })

/** Where the window was: its bounds while not maximised, and whether it was. */
export type WindowState = z.infer<typeof windowStateSchema>

/** Smaller than this, the steps do not fit. */
export const SMALLEST = { width: 960, height: 620 } as const

const USUAL = { width: 1360, height: 860 } as const

/** This much of the window's upper edge must lie on a display, so that it can be taken hold of. */
const GRIP = { width: 120, height: 32 } as const

/** The kept state; null where there is none, or none that can be read. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Keeps the state. That it cannot be kept is no reason to stop anybody. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(state))
  } catch {
    // The window opens in its usual place next time.
  }
}

/**
 * Where the window opens: where it was, if that is still on a display, and otherwise in the middle of the first one.
 * @param displays what is free for windows on each display, the first one being the main display
 */
export function placeWindow(kept: WindowState | null, displays: readonly Rectangle[]): WindowState {
  const home = displays.find((area) => kept !== null && isWithinReach(kept.bounds, area))
  if (kept === null || home === undefined) return { bounds: centred(displays), maximised: false }
  const { bounds, maximised } = kept
  const width = Math.max(SMALLEST.width, Math.min(bounds.width, home.width))
  const height = Math.max(SMALLEST.height, Math.min(bounds.height, home.height))
  return { bounds: { ...bounds, width, height }, maximised }
}

function centred([area]: readonly Rectangle[]): Rectangle {
  const width = Math.min(USUAL.width, area.width)
  const height = Math.min(USUAL.height, area.height)
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}

/** Whether enough of the upper edge lies in the area to move the window by. */
function isWithinReach({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const visible = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return visible >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height
}
