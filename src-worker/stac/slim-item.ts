import { rasterFormat } from '../catalog/sentinel2-bands'
import { parseStacItem } from '../catalog/stac-schema'

/**
 * An item with nothing but what the program looks at, and with no assets but rasters: a tenth of what servers send.
 * What is no STAC item stays as it is, so that whoever reads it later can say so.
 */
export function slimItem(value: unknown): unknown {
  try {
    const item = parseStacItem(value)
    const rasters = Object.entries(item.assets).filter(([, asset]) => rasterFormat(asset) !== 'other')
    return { ...item, assets: Object.fromEntries(rasters) }
  } catch {
    return value
  }
}
