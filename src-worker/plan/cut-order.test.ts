import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scene } from '../../src-shared/catalog/scene'
import { BAND_NAMES, type BandName } from '../../src-shared/dataset/bands'
import { cutOrder, rankScenes } from './cut-order'

const scene = (id: string, epsg: number, x0: number, y0: number, datetime: number): Scene => ({
  id,
  product: id,
  datetime,
  cloudCover: 1,
  baseline: 2,
  epsg,
  grid: { x0, y0, width: 10980, height: 10980 },
  addOffsets: BAND_NAMES.map(() => 0),
  bounds: [0, 0, 1, 1],
  bands: Object.fromEntries(BAND_NAMES.map((name) => [name, ''])) as Record<BandName, string>,
})

describe('cutting order', () => {
  it('ranks scenes by zone, from north to south, west to east, then by time and id', () => {
    const scenes = [
      scene('late', 32632, 600000, 5300040, 9),
      scene('other zone', 32631, 600000, 5300040, 1),
      scene('south', 32632, 500000, 5200020, 1),
      scene('east', 32632, 700000, 5300040, 1),
      scene('b', 32632, 600000, 5300040, 2),
      scene('a', 32632, 600000, 5300040, 2),
    ]
    const order = [...rankScenes(scenes)].map((rank, i) => ({ rank, id: scenes[i].id }))
    expect(order.sort((p, q) => p.rank - q.rank).map(({ id }) => id)).toEqual([
      'other zone',
      'a',
      'b',
      'late',
      'east',
      'south',
    ])
  })

  it('holds every row that has a scene once, by rank, then block, then row', () => {
    const row = fc.record({ scene: fc.integer({ min: -1, max: 5 }), block: fc.nat(30) })
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 300 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        (rows, ranks) => {
          const order = cutOrder(
            Int32Array.from(rows, (r) => r.scene),
            Uint32Array.from(rows, (r) => r.block),
            Int32Array.from(ranks),
          )
          const expected = rows
            .map((r, i) => ({ ...r, i }))
            .filter((r) => r.scene >= 0)
            .sort((a, b) => ranks[a.scene] - ranks[b.scene] || a.block - b.block || a.i - b.i)
          expect([...order]).toEqual(expected.map(({ i }) => i))
        },
      ),
    )
  })
})
