import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ingested, NAME, NEWER, newFolder } from '../footprints/combine-fixture'
import { goodBeam } from '../footprints/granule-fixture'
import type { IngestedGranule } from '../footprints/granule-overlap'
import { quietContext, type JobContext } from '../process/context'
import { loadGranules, type ShotWorld } from './load-granules'

async function load(
  granules: readonly IngestedGranule[],
  context: Partial<JobContext> = {},
): Promise<ShotWorld> {
  const options = { memoryMb: 128, threads: 1, tempDirectory: join(await newFolder(), 'spill') }
  return loadGranules(granules, options, { ...quietContext(), ...context })
}

describe('loading granules', () => {
  let older: IngestedGranule
  let newer: IngestedGranule
  beforeEach(async () => {
    older = await ingested(NAME, { BEAM0000: goodBeam(5), BEAM0101: goodBeam(4, 99_000n) })
    newer = await ingested(NEWER, { BEAM0000: goodBeam(3) })
  })

  it('takes over every value exactly, of each shot the newest version', async () => {
    const { places, values, keys, origins } = await load([older, newer])
    expect(keys).toHaveLength(9)
    const rows = [...keys.keys()].map((row) => [
      ...[places.shot[row], places.lon[row], places.lat[row], places.agbd[row], places.agbdSe[row]],
      ...[values.beam[row], origins[places.origin[row]].granule],
    ])
    const beam = goodBeam(5)
    const other = goodBeam(4, 99_000n)
    const expected = [
      ...[...beam.shot_number.keys()].map((i) => ({ from: beam, i, code: 0, name: i < 3 ? NEWER : NAME })),
      ...[...other.shot_number.keys()].map((i) => ({ from: other, i, code: 5, name: NAME })),
    ].map(({ from, i, code, name }) => [
      ...[from.shot_number[i], from.lon_lowestmode[i], from.lat_lowestmode[i], from.agbd[i], from.agbd_se[i]],
      ...[code, name],
    ])
    const byShot = (a: unknown[], b: unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1)
    expect(rows.toSorted(byShot)).toEqual(expected.toSorted(byShot))
    expect([...keys]).toEqual([...keys].toSorted((a, b) => a - b))
  })

  it('tells how many shots are loaded', async () => {
    const told: [number, number][] = []
    await load([older, newer], { progress: (done, total) => told.push([done, total]) })
    expect(told).toEqual([
      [3, 12],
      [9, 12],
    ])
  })

  it('stops when it is cancelled', async () => {
    await expect(load([older], { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'cancelled' })
    const controller = new AbortController()
    const during = load([older, newer], { signal: controller.signal, progress: () => controller.abort() })
    await expect(during).rejects.toMatchObject({ tag: 'cancelled' })
  })

  it.each([
    ['vanished', (path: string) => rm(path)],
    ['cut short', (path: string) => truncate(path, 300)],
    ['no Parquet', (path: string) => writeFile(path, 'PAR1 and nothing else')],
  ])('names a file that is %s', async (_, spoil) => {
    await spoil(newer.parquet)
    await expect(load([older, newer])).rejects.toMatchObject({ tag: 'project-invalid', file: newer.parquet })
  })

  it('names a file that has more shots than its summary says', async () => {
    const other = { ...newer, summary: { ...newer.summary, shots: 2 } }
    await expect(load([other])).rejects.toMatchObject({ tag: 'project-invalid', file: newer.parquet })
  })

  it('is content with no granule', async () => {
    expect((await load([])).keys).toHaveLength(0)
  })
})
