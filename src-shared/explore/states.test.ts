import { expect, it } from 'vitest'
import { REASONS, reasonOfState, rejectedState, STATES } from './states'

it('every reason has a state of its own, apart from the other states', () => {
  const codes = REASONS.map(rejectedState)
  expect(codes.map(reasonOfState)).toEqual(REASONS)
  expect(codes).toEqual(REASONS.map((_, place) => 10 + place))
  expect(Object.values(STATES).map(reasonOfState)).toEqual([null, null, null, null, null])
  expect([9, 10 + REASONS.length, 255].map(reasonOfState)).toEqual([null, null, null])
})
