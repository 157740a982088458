import type { Settings } from '../../src-shared/settings/settings'
import { SPLIT_CODES } from './combine-granule'
import type { Database } from './database'
import { registerPlaceFunction } from './place-function'
import { SplitBlocks } from './split-blocks'

/**
 * Makes the blocks of the settings known to the queries of a database.
 * @returns SQL expression of the split of a shot, a number of SPLIT_CODES, 0 in the buffer; null where the settings do not
 *   split by blocks
 */
export function registerBlocks(database: Database, settings: Settings): string | null {
  const { splitBlocks } = settings
  if (splitBlocks === null) return null
  const blocks = new SplitBlocks({ ...settings, splitBlocks })
  return registerPlaceFunction(database, 'split_of_block', (lon, lat) => {
    const split = blocks.splitAt(lon, lat)
    return split === null ? 0 : SPLIT_CODES[split]
  })
}
