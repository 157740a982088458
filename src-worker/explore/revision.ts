let latest = 0

/** A number larger than any before in this process: no two states of the map share one, not even of different layers. */
export function nextRevision(): number {
  return ++latest
}
