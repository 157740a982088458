import { createHash } from 'node:crypto'

/**
 * A short fingerprint of plain data: equal for equal data whatever the order of keys in objects.
 * @returns 16 hex digits
 */
export function fingerprint(data: unknown): string {
  return createHash('sha256').update(canonical(data)).digest('hex').slice(0, 16)
}

function canonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join(',')}]`
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`
  }
  return data === undefined ? 'undefined' : JSON.stringify(data)
}
