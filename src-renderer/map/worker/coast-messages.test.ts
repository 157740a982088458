import { expect, it } from 'vitest'
import { COAST_TILES, tileOf } from './coast-messages'

it('an address names the tile that MapLibre filled into it', () => {
  const address = COAST_TILES.replace('{z}', '8').replace('{x}', '134').replace('{y}', '88')
  expect(tileOf(address)).toEqual({ z: 8, x: 134, y: 88 })
})

it('other addresses are refused', () => {
  expect(() => tileOf('coasts://8/134')).toThrow(/no tile/)
})
