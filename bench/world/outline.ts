/** The outline of a box of west, south, east, north as GeoJSON. */
export function outlineOf([west, south, east, north]: readonly number[]): object {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon', coordinates: [ring] }
}
