import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

interface Entry {
  path: string
  bytes: number
  /** Time of last use in milliseconds: entries are touched when they are read. */
  used: number
}

/** From this share of the limit on something is deleted, down to the other: several processes fill the cache. */
const FULL = 0.9
const EMPTIED = 0.8
/** Small caches are looked at as a whole; of larger ones every sixteenth folder. */
const SMALL = 256 * 1024 * 1024
const SAMPLE = 16

/** The subfolders that entries are spread over, by the first two digits of their names. */
export const FAN_OUT: readonly string[] = Array.from({ length: 256 }, (_, i) =>
  i.toString(16).padStart(2, '0'),
)

/**
 * Deletes least recently used entries when the cache comes near its limit. Sizes are estimated from a random sample of
 * its subfolders, since the names of entries are spread evenly. Entries that others delete meanwhile are no error.
 * @param maxBytes Limit of the whole cache in bytes.
 */
export async function evict(folder: string, maxBytes: number): Promise<void> {
  const count = maxBytes <= SMALL ? FAN_OUT.length : SAMPLE
  const start = Math.floor(Math.random() * FAN_OUT.length)
  const sample: Entry[] = []
  for (let i = 0; i < count; i++) {
    const place = (start + i * (FAN_OUT.length / count)) % FAN_OUT.length
    sample.push(...(await entriesOf(join(folder, FAN_OUT[Math.floor(place)]))))
  }
  const sampled = sample.reduce((sum, { bytes }) => sum + bytes, 0)
  const estimate = (sampled * FAN_OUT.length) / count
  if (estimate <= FULL * maxBytes) return
  const threshold = ageToDelete(sample, sampled * (1 - (EMPTIED * maxBytes) / estimate))
  for (const name of FAN_OUT) {
    for (const { path, used } of await entriesOf(join(folder, name))) {
      if (used <= threshold) await rm(path, { force: true }).catch(() => undefined)
    }
  }
}

/** The time of last use up to which entries make up so many bytes. */
function ageToDelete(entries: Entry[], bytes: number): number {
  let sum = 0
  for (const entry of entries.sort((a, b) => a.used - b.used)) {
    sum += entry.bytes
    if (sum >= bytes) return entry.used
  }
  return Infinity
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const names = await readdir(folder).catch((): string[] => [])
  const entries = await Promise.all(
    names.map(async (name): Promise<Entry | null> => {
      const path = join(folder, name)
      try {
        const { size, mtimeMs } = await stat(path)
        return { path, bytes: size, used: mtimeMs }
      } catch {
        return null
      }
    }),
  )
  return entries.filter((entry) => entry !== null)
}
