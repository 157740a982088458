import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { hilbertPlace, randomOrder, spatialOrder } from './training-order'

const shots = BigInt64Array.from({ length: 40 }, (_, i) => 83_310_000_000_000_001n + BigInt((i * 13) % 40))
const latLon = Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 47 + (i % 14) : 8 + (i % 10)))

describe('the spatial order', () => {
  it('goes from each cell to a neighbour, and through all of them', () => {
    const cells = Array.from({ length: 64 }, (_, k) => ({ x: k % 8, y: Math.floor(k / 8) }))
    const curve = cells.sort((a, b) => hilbertPlace(a.x, a.y, 3) - hilbertPlace(b.x, b.y, 3))
    expect(curve.map(({ x, y }) => hilbertPlace(x, y, 3))).toEqual([...curve.keys()])
    for (const [k, { x, y }] of curve.slice(1).entries())
      expect(Math.abs(x - curve[k].x) + Math.abs(y - curve[k].y)).toBe(1)
  })

  it('gives every sample a place of its own, whatever order they come in', () => {
    const places = spatialOrder({ shots, latLon })
    expect([...places].sort((a, b) => a - b)).toEqual([...places.keys()])
    const back = [...shots.keys()].reverse()
    const reversed = spatialOrder({
      shots: BigInt64Array.from(back, (i) => shots[i]),
      latLon: Float32Array.from(back.flatMap((i) => [latLon[2 * i], latLon[2 * i + 1]])),
    })
    expect(back.map((i) => places[i])).toEqual([...reversed])
  })

  it('holds at the poles and at 180 degrees', () => {
    const edges = {
      shots: shots.slice(0, 4),
      latLon: Float32Array.of(90, 180, -90, -180, 90, -180, -90, 180),
    }
    expect(new Set(spatialOrder(edges)).size).toBe(4)
  })
})

describe('the random order', () => {
  it('is that of DuckDB’s md5_number_lower, and another one for another seed', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const list = [...shots].join(', ')
    const reader = await connection.runAndReadAll(
      `SELECT shot FROM (SELECT unnest([${list}]) AS shot) ORDER BY md5_number_lower('fuse:5:' || shot)`,
    )
    const expected = reader.getRowsJS().map(([shot]) => shot)
    const places = randomOrder({ shots, latLon }, 5)
    const found = [...shots].sort((a, b) => places[shots.indexOf(a)] - places[shots.indexOf(b)])
    expect(found).toEqual(expected)
    expect([...randomOrder({ shots, latLon }, 6)]).not.toEqual([...places])
  })
})
