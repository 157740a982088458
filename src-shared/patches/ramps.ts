/** Colours at even distances along a scale, `#rrggbb`, from its low to its high end; straight lines in sRGB between. */
export type Ramp = readonly string[]

/** Viridis by Nathaniel Smith and Stéfan van der Walt (matplotlib, CC0), every sixteenth colour of it. */
export const VIRIDIS: Ramp = [
  '#440154',
  '#48186a',
  '#472d7b',
  '#424086',
  '#3b528b',
  '#33638d',
  '#2c728e',
  '#26828e',
  '#21918c',
  '#1fa088',
  '#28ae80',
  '#3fbc73',
  '#5ec962',
  '#84d44b',
  '#addc30',
  '#d8e219',
  '#fde725',
]

/** Bare ground in browns, sparse growth in pale yellow, dense growth in dark green. */
export const NDVI_RAMP: Ramp = ['#6b4a2b', '#b08d57', '#ece3b0', '#a3c86a', '#4c9a3f', '#12662f', '#06401f']

/** Lowland in greens, then ochre and brown, snow in white. */
export const ALTITUDE_RAMP: Ramp = [
  '#3f7f5f',
  '#86ab6d',
  '#d5cd90',
  '#c29a62',
  '#9a6b4c',
  '#b3a399',
  '#fafafa',
]

/** Level ground in pale yellow, steep ground in dark red. */
export const SLOPE_RAMP: Ramp = ['#fffbe0', '#fbd98a', '#f2a24e', '#d95f33', '#a02430', '#5a0f2c']
