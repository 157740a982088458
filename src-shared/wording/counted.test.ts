import { expect, it } from 'vitest'
import { counted } from './counted'

it.each([
  [0, '0 batches'],
  [1, '1 batch'],
  [2, '2 batches'],
  [1664, '1,664 batches'],
])('%d is told with the noun that fits it', (count, text) => {
  expect(counted(count, 'batch', 'batches')).toBe(text)
})

it('the plural is the singular with an s unless told', () => {
  expect([counted(1, 'shot'), counted(2, 'shot')]).toEqual(['1 shot', '2 shots'])
})
