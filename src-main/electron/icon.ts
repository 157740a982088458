/** Colours of the icon, as blue, green, red. */
const GROUND = [0x6e, 0x76, 0x0f] as const
const MARK = [0xff, 0xff, 0xff] as const

/** Measures of the icon, as parts of its size: corners, the ring of a footprint, and the shot in its middle. */
const CORNER = 0.22
const RING = { inner: 0.23, outer: 0.31 } as const
const SHOT = 0.09

/**
 * The program's icon: a footprint with its shot on the ground colour of the program.
 * @param size pixels of each side
 * @returns pixels row by row as blue, green, red, alpha (multiplied in), as Electron takes them
 */
export function drawIcon(size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let col = 0; col < size; col++) {
      const [x, y] = [col + 0.5 - size / 2, row + 0.5 - size / 2]
      const radius = Math.hypot(x, y)
      const ring = Math.min(cover(radius - RING.outer * size), cover(RING.inner * size - radius))
      const mark = Math.max(ring, cover(radius - SHOT * size))
      const alpha = cover(outsideOf(x, y, size))
      const at = (row * size + col) * 4
      for (const [channel, ground] of GROUND.entries()) {
        pixels[at + channel] = Math.round((ground + (MARK[channel] - ground) * mark) * alpha)
      }
      pixels[at + 3] = Math.round(255 * alpha)
    }
  }
  return pixels
}

/** How much of a pixel is covered whose centre lies this many pixels outside of an edge. */
function cover(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance))
}

/** Pixels from the edge of the square with round corners; negative inside. */
function outsideOf(x: number, y: number, size: number): number {
  const corner = CORNER * size
  const dx = Math.abs(x) - (size / 2 - corner)
  const dy = Math.abs(y) - (size / 2 - corner)
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner
}
