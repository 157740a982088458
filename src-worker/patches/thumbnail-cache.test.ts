import { expect, it } from 'vitest'
import { ThumbnailCache } from './thumbnail-cache'

it('pictures used longest ago go first, and as many as it takes', () => {
  const cache = new ThumbnailCache(100)
  const image = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
  for (const key of ['a', 'b', 'c']) cache.set(key, image(30))
  expect(cache.get('a')).toHaveLength(30)
  cache.set('d', image(30))
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key)?.length)).toEqual([30, undefined, 30, 30])
  cache.set('c', image(40))
  cache.set('e', image(60))
  expect(['a', 'c', 'd', 'e'].map((key) => cache.get(key)?.length)).toEqual([undefined, 40, undefined, 60])
})
