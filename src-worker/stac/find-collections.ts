import { COLLECTIONS } from '../catalog/classify'
import type { Layer } from './providers'
import type { CollectionName } from './stac-answers'

/** What the program calls the kinds of items of each layer. */
export const KIND_OF_LAYER = { scenes: 'sentinel-2', dem: 'dem', landcover: 'landcover' } as const

/** Collections that are known and not searched: coarser, or superseded by another that catalogs have beside them. */
const SECOND_CHOICE = new Set(['cop-dem-glo-90', 'sentinel-s2-l2a-cogs', 'sentinel-2-pre-c1-l2a'])

/** What the ids and titles of collections look like, where the id is none of the known ones. */
const LOOKS: Readonly<Record<Layer, { like: RegExp; unlike: RegExp }>> = {
  scenes: {
    like: /(sentinel[\s_-]?2|\bs2)(?=.*(l(evel)?[\s_-]?2a))/i,
    unlike: /l(evel)?[\s_-]?1c|mosaic|composite/i,
  },
  dem: { like: /cop(ernicus)?[\s_-]?dem/i, unlike: /\b90\b|90 ?m|glo[\s_-]?90/i },
  landcover: { like: /world[\s_-]?cover/i, unlike: /composite|ndvi|gamma0|s1|s2/i },
}

/**
 * The collections of a layer among all those of an API: by the ids that catalogs usually give them, else by what their
 * id and title look like. Empty where there is none.
 */
export function findCollections(all: readonly CollectionName[], layer: Layer): string[] {
  const known = all.map(({ id }) => id).filter((id) => COLLECTIONS.get(id) === KIND_OF_LAYER[layer])
  const first = known.filter((id) => !SECOND_CHOICE.has(id))
  if (first.length > 0) return first
  if (known.length > 0) return known
  const { like, unlike } = LOOKS[layer]
  return all
    .filter(({ id, title }) => [id, title].some((text) => like.test(text)))
    .filter(({ id, title }) => !unlike.test(id) && !unlike.test(title))
    .map(({ id }) => id)
}
