import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Files that tell when and how long something was done, or belong to a run rather than to the project; and the counts of
 * batches, which are made anew when a fuse finds them damaged, and not where their split is fused already. Data cards bear
 * the name of the project's folder, which is another in each trial; e2e/card.test.ts compares them.
 */
const NOT_COMPARED =
  /^(run\.log|run\.lock|report\.json|project\.json|\.network|\.temporary|\.lock-|data_card\.|croissant\.json)|^rejections.*\.counts$/

/** In these JSON files, what tells times and costs, and the record of the data card; the rest must be the same. */
const TIMES = new Set(['seconds', 'counters', 'card'])

/** Digests of all files of a project that follow from its input, settings and seed, by path. */
export function projectContent(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort()
  const files = names.filter((name) => !NOT_COMPARED.test(name) && statSync(join(folder, name)).isFile())
  return new Map(files.map((name) => [name, digest(name, readFileSync(join(folder, name)))]))
}

function digest(name: string, content: Buffer): string {
  const hasTimes = name === 'steps.json' || /^rejections.*json$/.test(name)
  const compared = hasTimes ? withoutTimes(content.toString()) : content
  return createHash('sha256').update(compared).digest('hex')
}

/** Records stand in the order in which they were made, which is none of their content. */
function withoutTimes(json: string): string {
  return JSON.stringify(
    JSON.parse(json, (key, value: unknown) => {
      if (TIMES.has(key)) return undefined
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    }),
  )
}
