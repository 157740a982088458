/** Legend of ESA WorldCover, by class value (Product User Manual v2.0, table 2); 0 is no data. */
export const WORLDCOVER_LABELS: ReadonlyMap<number, string> = new Map([
  [0, 'No data'],
  [10, 'Tree cover'],
  [20, 'Shrubland'],
  [30, 'Grassland'],
  [40, 'Cropland'],
  [50, 'Built-up'],
  [60, 'Bare / sparse vegetation'],
  [70, 'Snow and ice'],
  [80, 'Permanent water bodies'],
  [90, 'Herbaceous wetland'],
  [95, 'Mangroves'],
  [100, 'Moss and lichen'],
])
