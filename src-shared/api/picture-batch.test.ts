import { describe, expect, it } from 'vitest'
import { pictureBatchAddress, pictureBatchSchema, picturesOf } from './picture-batch'
import type { SampleRef } from './run-state'

const SAMPLES: SampleRef[] = [
  { split: 'train', batch: 3, row: 17 },
  { split: 'test', batch: 0, row: 4999 },
  { split: 'train', batch: 0, row: 8, file: 'opened-0123456789abcdef' },
  { split: 'train', batch: 0, row: 9, file: 'test' },
]

describe('addresses of several pictures', () => {
  it('name each sample, of batches and of files', () => {
    const address = pictureBatchAddress(SAMPLES, 'ndvi', 'patch')
    expect(address).toBe('data/pictures/ndvi/patch/train~3~17,test~0~4999,opened-0123456789abcdef~8,test~9')
    const path = new URL(address, 'http://127.0.0.1/').pathname.split('/').slice(3)
    expect(pictureBatchSchema.parse(path)).toEqual(['ndvi', 'patch', SAMPLES])
  })

  it.each(['', 'train~3~x', 'train~3~-1', '../secret~1', 'opened-0123456789abcdef~1~2'])(
    'are refused when they name no sample: %s',
    (name) => expect(pictureBatchSchema.safeParse(['ndvi', 'patch', name]).success).toBe(false),
  )

  it('are refused when they name too many', () => {
    const names = Array.from({ length: 101 }, (_, row) => `train~0~${row}`)
    expect(pictureBatchSchema.safeParse(['ndvi', 'patch', names.join(',')]).success).toBe(false)
    expect(pictureBatchSchema.safeParse(['ndvi', 'patch', names.slice(1).join(',')]).success).toBe(true)
  })
})

it('pictures of an answer are data addresses, those that are missing null', () => {
  const png = Buffer.of(1, 2, 3, 4, 5).toString('base64')
  expect(picturesOf(`${png}\n\n${png}`)).toEqual([
    `data:image/png;base64,${png}`,
    null,
    `data:image/png;base64,${png}`,
  ])
})
