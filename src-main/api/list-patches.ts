import type { SampleRef } from '../../src-shared/api/run-state'
import type { Split } from '../../src-shared/footprint/footprint'
import type { PatchPageAnswer, PatchPageRequest, SampleChoice } from '../studio/patch-files'
import type { Studio } from '../studio/studio'

/** What the window asks for: a page of a source. */
interface Asked extends PatchPageRequest {
  split: Split | null
  file: SampleRef['file'] | null
}

/** A page of samples, chosen also by what the review says of them where they lie in batches. */
export async function listPatches(
  studio: Studio,
  { split, file, ...page }: Asked,
  signal: AbortSignal | undefined,
): Promise<PatchPageAnswer> {
  const wanted = file === null ? page.filters.review : undefined
  let choice: SampleChoice | null = null
  if (wanted !== undefined) {
    const samples = await studio.project.review.marked(wanted === 'none' ? null : wanted)
    choice = { keep: wanted !== 'none', samples }
  }
  return studio.patches.list({ split, file: file ?? null }, page, signal, choice)
}
