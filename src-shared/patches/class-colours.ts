/** Colour of each class of a layer, `#rrggbb`. */
export type ClassColours = ReadonlyMap<number, string>

/** Scene classification in the colours of Sen2Cor's own quick look. */
export const SCL_COLOURS: ClassColours = new Map([
  [0, '#000000'],
  [1, '#ff0000'],
  [2, '#2f2f2f'],
  [3, '#643200'],
  [4, '#00a000'],
  [5, '#ffe65a'],
  [6, '#0000ff'],
  [7, '#808080'],
  [8, '#c0c0c0'],
  [9, '#ffffff'],
  [10, '#64c8ff'],
  [11, '#ff96ff'],
])

/** ESA WorldCover in the colours of the colour table inside its tiles. Class 0, no data, has none. */
export const WORLDCOVER_COLOURS: ClassColours = new Map([
  [10, '#006400'],
  [20, '#ffbb22'],
  [30, '#ffff4c'],
  [40, '#f096ff'],
  [50, '#fa0000'],
  [60, '#b4b4b4'],
  [70, '#f0f0f0'],
  [80, '#0064c8'],
  [90, '#0096a0'],
  [95, '#00cf75'],
  [100, '#fae6a0'],
])
