import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Figure } from './benchmark'

const HISTORY = resolve(import.meta.dirname, '../../bench/history.json')

const figureSchema = z.object({
  benchmark: z.string(),
  what: z.string(),
  value: z.number(),
  unit: z.string(),
  compared: z.object({ by: z.string(), value: z.number() }).optional(),
  ratio: z.number().optional(),
})
const historySchema = z.array(
  z.object({
    date: z.string(),
    node: z.string(),
    cpu: z.string(),
    cores: z.int(),
    figures: z.array(figureSchema),
  }),
)

/** Adds the figures of a run to bench/history.json: newest last, four digits that count. */
export async function recordFigures(
  figures: readonly (Figure & { benchmark: string })[],
  now = new Date(),
): Promise<string> {
  const before = await readFile(HISTORY, 'utf8').catch(() => '[]')
  const history = historySchema.parse(JSON.parse(before))
  const rounded = (value: number): number => Number(value.toPrecision(4))
  history.push({
    date: now.toISOString(),
    node: process.version,
    cpu: cpus().at(0)?.model ?? 'unknown',
    cores: cpus().length,
    figures: figures.map(({ benchmark, what, value, unit, compared, ratio }) => ({
      benchmark,
      what,
      value: rounded(value),
      unit,
      ...(compared === undefined ? {} : { compared: { by: compared.by, value: rounded(compared.value) } }),
      ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    })),
  })
  await writeFile(HISTORY, `${JSON.stringify(history, null, 2)}\n`)
  return HISTORY
}
