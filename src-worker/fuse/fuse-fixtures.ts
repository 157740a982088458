import type { FuseOptions } from './fuse'

/** Options of a fuse in tests: everything is read again. */
export const FUSE_OPTIONS: FuseOptions = {
  compression: 1,
  slopeUnit: 'percent',
  attributes: {},
  verification: 'full',
  order: 'subset',
  seed: 0,
}
