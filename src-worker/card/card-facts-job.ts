import type { CardFacts } from '../../src-shared/card/card-facts'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { gatherFacts, PASSES, type CardFile } from './gather-facts'
import { mapSamples } from './map-samples'

const PERCENT = 100

/**
 * Gathers all that a data card says of dataset files. Progress counts percent. Damaged files are no error: what could not
 * be counted is named in the facts.
 * @throws StudioError `cancelled`
 */
export async function runCardFacts(
  { files, verification }: { files: readonly CardFile[]; verification: 'sampled' | 'full' },
  ctx: JobContext,
): Promise<CardFacts> {
  const facts = []
  for (const [k, file] of files.entries()) {
    const passed = (passes: number): void =>
      ctx.progress(Math.floor((PERCENT * (k + passes / PASSES)) / files.length), PERCENT)
    facts.push(await gatherFacts(file, verification, ctx.signal, passed))
  }
  return { files: facts, map: await mapOrNone(files, facts, ctx) }
}

async function mapOrNone(
  files: readonly CardFile[],
  facts: CardFacts['files'],
  ctx: JobContext,
): Promise<CardFacts['map']> {
  try {
    return await mapSamples(files, facts, ctx.signal)
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.tag === 'cancelled') throw thrown
    ctx.log('warning', `The map of the data card cannot be drawn: ${String(thrown)}`)
    return null
  }
}
