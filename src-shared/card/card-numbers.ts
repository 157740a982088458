/** A count with commas, the same whoever makes the card. */
export function cardCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** A value with so many digits as mean something; a dash for none. */
export function cardValue(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(Math.abs(value) < 1000 ? 2 : 1)
}

/** A share in percent with one decimal; a dash of nothing. */
export function cardShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in decimal units: `1.3 MB`. */
export function cardBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1)
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`
}

/** A latitude or longitude to a hundred-thousandth of a degree: a metre. */
export function cardDegrees(value: number): string {
  return value.toFixed(5)
}
