import { access } from 'node:fs/promises'
import { z } from 'zod'
import type { SceneOutline } from '../../src-shared/api/inspection'
import type { Scene } from '../../src-shared/catalog/scene'
import { PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { isoSeconds } from '../../src-shared/footprint/time'
import { countSchema, withDatabase } from '../footprints/database'
import { globLiteral } from '../footprints/table'
import { readScenes } from '../plan/catalog-store'
import { utmProjection } from '../raster/projection'
import type { JobInput } from './schemas'

/** Outlines of the scenes that are first choice of some footprint, those with most footprints first. */
export async function runSceneOutlines(input: JobInput<'scene-outlines'>): Promise<SceneOutline[]> {
  const plans: string[] = []
  for (const plan of [input.scenes, ...input.plans]) {
    const exists = await access(plan).then(
      () => true,
      () => false,
    )
    if (exists) plans.push(plan)
    else if (plan === input.scenes) return []
  }
  const files = plans.slice(1)
  if (files.length === 0) return []
  return withDatabase(input, async (database) => {
    const uses = await database.rows(
      `SELECT split_part(candidates, ' ', 1)::INTEGER AS number, count(*) AS footprints
       FROM read_parquet([${files.map(globLiteral).join(', ')}]) GROUP BY number ORDER BY footprints DESC, number`,
      z.object({ number: z.int(), footprints: countSchema }),
    )
    const scenes = await readScenes(
      database,
      input.scenes,
      uses.map(({ number }) => number),
    )
    return uses.flatMap(({ number, footprints }) => {
      const scene = scenes.get(number)
      return scene === undefined ? [] : [outline(scene, footprints)]
    })
  })
}

function outline(scene: Scene, footprints: number): SceneOutline {
  const { x0, y0, width, height } = scene.grid
  const projection = utmProjection(scene.epsg)
  const [x1, y1] = [x0 + width * PIXEL_SIZE, y0 - height * PIXEL_SIZE]
  const corners: readonly (readonly [number, number])[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ]
  return {
    id: scene.id,
    tile: /_T(\d{2}[A-Z]{3})/.exec(scene.product)?.at(1) ?? '',
    sensed: isoSeconds(scene.datetime),
    cloudCover: scene.cloudCover,
    ring: corners.map(([x, y]) => projection.inverse(x, y)),
    footprints,
  }
}
