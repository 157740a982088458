import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { BlockRaster } from './block-raster'
import type { Pixels } from './decode-block'
import type { ReadingPace } from './reading-pace'

/** A block of a raster that some window touches. */
export interface BlockNeed {
  raster: BlockRaster
  block: number
}

/** Decoded blocks that are held while windows are cut from them. */
export interface LoadedBlocks {
  /** @throws StudioError `raster-corrupt` where the block could not be decoded. */
  pixels(raster: BlockRaster, block: number): Pixels
}

interface HeldBlocks extends LoadedBlocks {
  release: () => void
}

interface Wave<Item> {
  items: Item[]
  /** Decoded bytes of its blocks. */
  bytes: number
  needs: Map<BlockRaster, Set<number>>
}

/**
 * Cuts many windows from few blocks: goes through the items in their order, reads the blocks that as many of
 * them need as fit into a wave, hands each item its blocks, and reads the next wave meanwhile. Items should
 * come sorted by block. What one block's damage costs is only the items that need it.
 *
 * @param needsOf the blocks an item needs
 * @param cut synchronous work on one item; a StudioError it throws goes to `failed`
 * @param pace how large waves are, and what all of them may hold together
 * @throws StudioError `cancelled` when aborted
 */
export async function cutInWaves<Item>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<BlockNeed>,
  cut: (item: Item, blocks: LoadedBlocks) => void,
  failed: (item: Item, error: StudioError) => void,
  pace: Pick<ReadingPace, 'waveBytes' | 'budget'>,
  signal: AbortSignal,
): Promise<void> {
  const waves = wavesOf(items, needsOf, pace.waveBytes)
  const begin = (wave: Wave<Item>): Promise<HeldWave> => {
    const held = hold(wave, pace.budget, signal)
    held.catch(() => undefined) // awaited in its turn; until then a rejection is nobody's fault
    return held
  }
  let wave = waves.next()
  let loading = wave.done === true ? undefined : begin(wave.value)
  while (wave.done !== true && loading !== undefined) {
    const { blocks, release } = await loading
    const current = wave.value
    wave = waves.next()
    loading = wave.done === true ? undefined : begin(wave.value)
    try {
      throwIfCancelled(signal)
      for (const item of current.items) cutOne(item, blocks, cut, failed)
    } catch (error) {
      void loading?.then((next) => next.release())
      throw error
    } finally {
      release()
    }
  }
}

function cutOne<Item>(
  item: Item,
  blocks: LoadedBlocks,
  cut: (item: Item, blocks: LoadedBlocks) => void,
  failed: (item: Item, error: StudioError) => void,
): void {
  try {
    cut(item, blocks)
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown
    failed(item, thrown)
  }
}

function* wavesOf<Item>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<BlockNeed>,
  waveBytes: number,
): Generator<Wave<Item>, undefined> {
  let wave: Wave<Item> = { items: [], bytes: 0, needs: new Map() }
  for (const item of items) {
    const needs = [...needsOf(item)]
    const added = needs.reduce(
      (sum, { raster, block }) => sum + (wave.needs.get(raster)?.has(block) === true ? 0 : raster.blockBytes),
      0,
    )
    if (wave.items.length > 0 && wave.bytes + added > waveBytes) {
      yield wave
      wave = { items: [], bytes: 0, needs: new Map() }
    }
    wave.items.push(item)
    for (const { raster, block } of needs) {
      const blocks = wave.needs.get(raster) ?? new Set()
      if (!blocks.has(block)) wave.bytes += raster.blockBytes
      wave.needs.set(raster, blocks.add(block))
    }
  }
  if (wave.items.length > 0) yield wave
  return undefined
}

interface HeldWave {
  blocks: LoadedBlocks
  release: () => void
}

/** Reads the blocks of a wave once the budget has room for them. */
async function hold(
  wave: Wave<unknown>,
  budget: ReadingPace['budget'],
  signal: AbortSignal,
): Promise<HeldWave> {
  const release = await budget.take(wave.bytes)
  try {
    throwIfCancelled(signal)
    const blocks = await load(wave, signal)
    return {
      blocks,
      release: () => {
        blocks.release()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function load(wave: Wave<unknown>, signal: AbortSignal): Promise<HeldBlocks> {
  const loaded = new Map(
    await Promise.all(
      [...wave.needs].map(
        async ([raster, blocks]) => [raster, await loadOf(raster, blocks, signal)] as const,
      ),
    ),
  )
  return {
    pixels(raster, block) {
      const ofRaster = loaded.get(raster)
      if (ofRaster instanceof StudioError) throw ofRaster
      const found = ofRaster?.get(block)
      if (found === undefined) throw new Error(`block ${block} of ${raster.name} was not asked for`)
      if (found instanceof StudioError) throw found
      return found
    },
    release() {
      for (const [raster, blocks] of loaded)
        if (!(blocks instanceof StudioError)) raster.release(blocks.values())
    },
  }
}

/** The blocks of one raster, or why they could not be read: that costs those who need them, and nobody else. */
async function loadOf(
  raster: BlockRaster,
  blocks: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Map<number, Pixels | StudioError> | StudioError> {
  try {
    return await raster.load(blocks, signal)
  } catch (thrown) {
    if (!(thrown instanceof StudioError) || thrown.tag === 'cancelled' || thrown.tag === 'internal')
      throw thrown
    return thrown
  }
}
