import { expect, it } from 'vitest'
import { shownWords } from './shown-words'

it('says what the map shows, with its sides', () => {
  expect(shownWords({ west: 7.9, south: -1.2, east: -8.61, north: 48.925 })).toBe(
    'The map shows 7.90° E to 8.61° W, 1.20° S to 48.92° N.',
  )
})
