import type { Scene } from '../../src-shared/catalog/scene'

/**
 * The order in which scenes are cut: zone by zone, from north to south and west to east, so that neighbouring
 * scenes follow each other and find the blocks of terrain and land cover still decoded; scenes on one grid by
 * time.
 * @returns for each scene (by its place in the list) its rank
 */
export function rankScenes(scenes: readonly Scene[]): Int32Array {
  const order = scenes.map((_, index) => index)
  order.sort((a, b) => {
    const [p, q] = [scenes[a], scenes[b]]
    return (
      p.epsg - q.epsg ||
      q.grid.y0 - p.grid.y0 ||
      p.grid.x0 - q.grid.x0 ||
      p.datetime - q.datetime ||
      (p.id < q.id ? -1 : 1)
    )
  })
  const ranks = new Int32Array(scenes.length)
  for (const [rank, index] of order.entries()) ranks[index] = rank
  return ranks
}

/**
 * The rows that have a scene in cutting order: by scene, in it by block, in it by row.
 * @param scenes place of each row's scene in the list of scenes, -1 where it has none
 * @param blocks each row's block key
 * @param ranks see rankScenes
 */
export function cutOrder(scenes: Int32Array, blocks: Uint32Array, ranks: Int32Array): Uint32Array {
  const rows = new Uint32Array(scenes.length)
  let count = 0
  for (let row = 0; row < scenes.length; row++) if (scenes[row] >= 0) rows[count++] = row
  return rows
    .subarray(0, count)
    .sort((a, b) => ranks[scenes[a]] - ranks[scenes[b]] || blocks[a] - blocks[b] || a - b)
}
