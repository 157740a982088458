import { expect, describe, it } from 'vitest'
import { BlockBuffers } from './block-buffers'
import { BlockCache } from './block-cache'

const SIZE = 100_000

describe('memory of blocks', () => {
  it('goes to the next block once the cache has dropped the last and nobody holds it', () => {
    const cache = new BlockCache(SIZE)
    const first = cache.buffers.take(SIZE)
    cache.hold(first)
    cache.set('first', first)
    const second = cache.buffers.take(SIZE)
    cache.set('second', second)
    expect(cache.get('first')).toBeUndefined()
    expect(cache.buffers.take(SIZE).buffer).not.toBe(first.buffer) // still held
    cache.release(first)
    expect(cache.buffers.take(SIZE).buffer).toBe(first.buffer)
  })

  it('stays with a block that the cache keeps', () => {
    const cache = new BlockCache(SIZE)
    const block = cache.buffers.take(SIZE)
    cache.hold(block)
    cache.set('block', block)
    cache.release(block)
    expect(cache.get('block')).toBe(block)
    expect(cache.buffers.take(SIZE).buffer).not.toBe(block.buffer)
  })

  it('is lent once, however often it is given back', () => {
    const buffers = new BlockBuffers()
    const block = buffers.take(SIZE)
    buffers.give(block)
    buffers.give(block)
    expect(buffers.take(SIZE).buffer).toBe(block.buffer)
    expect(buffers.take(SIZE).buffer).not.toBe(block.buffer)
  })

  it('is kept up to a bound, and only if it came from here', () => {
    const buffers = new BlockBuffers(SIZE * 1.5)
    const blocks = [buffers.take(SIZE), buffers.take(SIZE)]
    for (const block of blocks) buffers.give(block)
    expect(buffers.take(SIZE).buffer).toBe(blocks[0].buffer)
    expect(buffers.take(SIZE).buffer).not.toBe(blocks[1].buffer)
    const foreign = new Uint8Array(SIZE)
    buffers.give(foreign)
    expect(buffers.take(SIZE).buffer).not.toBe(foreign.buffer)
  })
})
