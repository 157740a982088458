/** Longitude and latitude, degrees. */
export type Place = readonly [number, number]

/** Metres over ground (haversine, mean radius): what tests measure distances by, apart from the program's own way. */
export function groundDistance([lon, lat]: Place, [lon2, lat2]: Place): number {
  const rad = Math.PI / 180
  const h =
    Math.sin(((lat2 - lat) * rad) / 2) ** 2 +
    Math.cos(lat * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon) * rad) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h))
}

/** The least distance to any of some places. */
export function nearestOnGround(place: Place, others: readonly Place[]): number {
  return others.reduce((least, other) => Math.min(least, groundDistance(place, other)), Infinity)
}
