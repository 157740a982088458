/** The number, or null where it is NaN or infinite, which JSON does not know. */
export function finiteNumber(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

/** The number that a text is, or null. */
export function numberOf(text: string): number | null {
  return text.trim() === '' ? null : finiteNumber(Number(text))
}
