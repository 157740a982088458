import { z } from 'zod'
import type { DensityProperties } from '../../../src-shared/explore/layers'
import type { Place } from '../geometry'

/** What was clicked: a footprint by its row, or a square of many. */
export type Picked =
  | { kind: 'footprint'; row: number; place: Place }
  | { kind: 'square'; square: DensityProperties; place: Place }

const count = z.int().nonnegative()

/** A square as it comes out of a vector tile. */
export const squareSchema = z.object({
  count,
  train: count,
  test: count,
  agbd: z.number().exactOptional(),
  doy: z.number().exactOptional(),
  done: count,
  rejected: count,
  failed: count,
  dropped: count,
}) satisfies z.ZodType<DensityProperties>
