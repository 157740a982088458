const counts = new Intl.NumberFormat()

/** A count with the separators of the person's language: 1,240,113. */
export function formatCount(value: number): string {
  return counts.format(value)
}

const SHORT = [
  { from: 1e9, unit: 'G' },
  { from: 1e6, unit: 'M' },
  { from: 1e4, unit: 'k', per: 1e3 },
] as const

/** A count in three digits for narrow places: 1.24 M; show the exact one on hover. */
export function shortCount(value: number): string {
  const size = SHORT.find(({ from }) => value >= from)
  if (size === undefined) return formatCount(value)
  const per = 'per' in size ? size.per : size.from
  return `${formatNumber(value / per, 3)} ${size.unit}`
}

/** Made once for each number of digits: making one takes longer than a thousand numbers. */
const numbers = new Map<number, Intl.NumberFormat>()

/** A number with so many significant digits. */
export function formatNumber(value: number, digits = 3): string {
  const format = numbers.get(digits) ?? new Intl.NumberFormat(undefined, { maximumSignificantDigits: digits })
  numbers.set(digits, format)
  return format.format(value)
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes in decimal units: 1.2 GB. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1)
  return `${formatNumber(bytes / 1000 ** power, 3)} ${BYTE_UNITS[power]}`
}

/** `2020-06-07` from an ISO time. */
export function formatDay(iso: string): string {
  return iso.slice(0, 10)
}
