import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { DatasetFile } from '../../src-shared/api/inspection'
import { CARD_FILES, type CardFile } from '../../src-shared/card/card'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { StepsFile } from '../project/steps-file'
import type { ProjectSession } from '../studio/project-session'

const summarySchema = z.object({ samples: z.int() })

/** The dataset files of a project, as the run recorded them. */
export async function listDatasets({ paths }: ProjectSession): Promise<DatasetFile[]> {
  const steps = await StepsFile.open(paths)
  const files = await Promise.all(
    SPLITS.map(async (split) => {
      const path = paths.dataset(split)
      const found = await stat(path).catch(() => null)
      const summary = summarySchema.safeParse(steps.get(`fuse:${split}`)?.summary)
      if (found === null || !summary.success) return null
      const written = found.mtime.toISOString()
      return { split, path, bytes: found.size, samples: summary.data.samples, written }
    }),
  )
  return files.filter((file) => file !== null)
}

/** The files that describe the datasets, as far as there are any. */
export async function listCard({ paths }: ProjectSession): Promise<CardFile[]> {
  const found = await Promise.all(CARD_FILES.map((name) => stat(paths.card(name)).catch(() => null)))
  return CARD_FILES.filter((_, k) => found[k] !== null)
}

/** Reads a dataset file from end to end. @throws StudioError where it cannot be read */
export async function verifyDatasetFile(
  { paths, aside }: ProjectSession,
  split: Split,
  signal: AbortSignal | undefined,
): Promise<{ samples: number; problems: string[]; seconds: number }> {
  const started = performance.now()
  const listener = { signal: signal ?? new AbortController().signal }
  const result = await aside.run('verify', { path: paths.dataset(split) }, listener)
  return { ...result, seconds: (performance.now() - started) / 1000 }
}
