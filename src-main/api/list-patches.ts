import type { SampleRef } from '../../src-shared/api/run-state'
import type { Split } from '../../src-shared/footprint/footprint'
import type { PatchPageAnswer, PatchPageRequest, SampleChoice } from '../studio/patch-files'
import type { ProjectSession } from '../studio/project-session'

/** What the window asks for: a page of a source. */
interface Asked extends PatchPageRequest {
  split: Split | null
  file: SampleRef['file'] | null
}

/** A page of samples, chosen also by what the review says of them where they lie in batches. */
export async function listPatches(
  { patches, review, batchSize }: ProjectSession,
  { split, file, ...page }: Asked,
  signal: AbortSignal | undefined,
): Promise<PatchPageAnswer> {
  const wanted = file === null ? page.filters.review : undefined
  let choice: SampleChoice | null = null
  if (wanted !== undefined)
    choice = { keep: wanted !== 'none', samples: await review.marked(wanted === 'none' ? null : wanted) }
  return patches.list({ split, file: file ?? null, size: batchSize }, page, signal, choice)
}
