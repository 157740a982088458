import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { BlockRaster } from './block-raster'
import type { Pixels } from './decode-block'

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

/** Decoded bytes of one wave. Two waves are held at a time: one being cut, one being read. */
const WAVE_BYTES = 48 * 1024 * 1024

interface Wave<Item> {
  items: Item[]
  needs: Map<BlockRaster, Set<number>>
}

/**
 * Cuts many windows from few blocks: goes through the items in their order, reads the blocks that as many of
 * them need as fit into a wave, hands each item its blocks, and reads the next wave meanwhile. Items should
 * come sorted by block. What one block's damage costs is only the items that need it.
 *
 * @param needsOf the blocks an item needs
 * @param cut synchronous work on one item; a StudioError it throws goes to `failed`
 * @throws StudioError `cancelled` when aborted
 */
export async function cutInWaves<Item>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<BlockNeed>,
  cut: (item: Item, blocks: LoadedBlocks) => void,
  failed: (item: Item, error: StudioError) => void,
  signal: AbortSignal,
): Promise<void> {
  const waves = wavesOf(items, needsOf)
  let wave = waves.next()
  let loading = wave.done === true ? undefined : load(wave.value, signal)
  while (wave.done !== true && loading !== undefined) {
    const blocks = await loading
    const current = wave.value
    wave = waves.next()
    loading = wave.done === true ? undefined : load(wave.value, signal)
    loading?.catch(() => undefined) // awaited in the next turn; until then a rejection is nobody's fault
    throwIfCancelled(signal)
    for (const item of current.items) {
      try {
        cut(item, blocks)
      } catch (thrown) {
        if (!(thrown instanceof StudioError)) throw thrown
        failed(item, thrown)
      }
    }
  }
}

function* wavesOf<Item>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<BlockNeed>,
): Generator<Wave<Item>, undefined> {
  let wave: Wave<Item> = { items: [], needs: new Map() }
  let bytes = 0
  for (const item of items) {
    const needs = [...needsOf(item)]
    const added = needs.reduce(
      (sum, { raster, block }) => sum + (wave.needs.get(raster)?.has(block) === true ? 0 : raster.blockBytes),
      0,
    )
    if (wave.items.length > 0 && bytes + added > WAVE_BYTES) {
      yield wave
      wave = { items: [], needs: new Map() }
      bytes = 0
    }
    wave.items.push(item)
    for (const { raster, block } of needs) {
      const blocks = wave.needs.get(raster) ?? new Set()
      if (!blocks.has(block)) bytes += raster.blockBytes
      wave.needs.set(raster, blocks.add(block))
    }
  }
  if (wave.items.length > 0) yield wave
  return undefined
}

async function load(wave: Wave<unknown>, signal: AbortSignal): Promise<LoadedBlocks> {
  const loaded = new Map(
    await Promise.all(
      [...wave.needs].map(async ([raster, blocks]) => [raster, await raster.load(blocks, signal)] as const),
    ),
  )
  return {
    pixels(raster, block) {
      const found = loaded.get(raster)?.get(block)
      if (found === undefined) throw new Error(`block ${block} of ${raster.name} was not asked for`)
      if (found instanceof StudioError) throw found
      return found
    },
  }
}
