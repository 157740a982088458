import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batchSizes, planSummarySchema } from './plan-summary'
import { partsOf } from './planned-before'

const plan = (values: object): ReturnType<typeof planSummarySchema.parse> =>
  planSummarySchema.parse({ footprints: 0, noScene: 0, scenes: 1, batches: 1, ...values })

it('batches of a plan that was added to are those of its parts', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 5 })
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 100 }), (counts, size) => {
      const sizes = counts.flatMap((count) => batchSizes(plan({ parts: [count] }), size))
      expect(batchSizes(plan({ parts: partsOf(sizes, size) }), size)).toEqual(sizes)
    }),
  )
})

it('batches of a plan of an older version follow from its counts', () => {
  expect(batchSizes(plan({ footprints: 260, noScene: 10 }), 100)).toEqual([100, 100, 50])
})
