import type { Scene } from '../../src-shared/catalog/scene'
import { findProductName } from './product-name'

/** A scene that was left out for a better one of the same tile and pass. */
export interface RepeatedScene {
  scene: Scene
  keptInstead: Scene
}

/**
 * Leaves one scene of every tile and pass: where two ground stations or two processing baselines made several, the
 * higher baseline is kept, of the same baseline the newer product, of the same product the first id. Scenes are of
 * one tile where their 10 m rasters coincide.
 * @returns The scenes kept, by id, and those left out.
 */
export function dropRepeatedScenes(scenes: readonly Scene[]): { kept: Scene[]; repeated: RepeatedScene[] } {
  const best = new Map<string, Scene>()
  for (const scene of scenes) {
    const key = passOf(scene)
    const other = best.get(key)
    if (other === undefined || isPreferred(scene, other)) best.set(key, scene)
  }
  const kept: Scene[] = []
  const repeated: RepeatedScene[] = []
  for (const scene of [...scenes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    const keptInstead = best.get(passOf(scene)) ?? scene
    if (keptInstead === scene) kept.push(scene)
    else repeated.push({ scene, keptInstead })
  }
  return { kept, repeated }
}

/** Same for all products of one tile and pass. The datetime of products of one pass differs between catalogs. */
function passOf({ product, datetime, epsg, grid }: Scene): string {
  const pass = findProductName(product)?.datatake ?? String(Math.floor(datetime / 1000))
  return [pass, epsg, grid.x0, grid.y0, grid.width, grid.height].join(' ')
}

function isPreferred(a: Scene, b: Scene): boolean {
  const [baselineA, baselineB] = [a.baseline ?? 0, b.baseline ?? 0]
  if (baselineA !== baselineB) return baselineA > baselineB
  const [ageA, ageB] = [generationOf(a), generationOf(b)]
  return ageA === ageB ? a.id < b.id : ageA > ageB
}

function generationOf(scene: Scene): string {
  return findProductName(scene.product)?.generation ?? ''
}
