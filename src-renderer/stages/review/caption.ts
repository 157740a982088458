import type { GridSample } from '../../../src-shared/api/contract'
import type { PatchOrder } from '../../../src-shared/patches/patch-list'
import { biomassText } from '../../patches/record'
import { formatDay } from '../../parts/format'

const NONE = '–'

/** What stands below a thumbnail: the quantity that the samples are ordered by. */
export function captionOf(sample: GridSample, order: PatchOrder): string {
  switch (order) {
    case 'file':
    case 'agbd':
      return quantity(sample.agbd, 'Mg/ha')
    case 'agbdSe':
      return sample.agbdSe === null ? NONE : `± ${quantity(sample.agbdSe, 'Mg/ha', 1)}`
    case 'acquisitionTime':
      return formatDay(sample.acquisitionTime)
    case 'sceneDate':
      return sample.sceneDate ?? NONE
    case 'cloudShare':
      return sample.cloudShare === null ? NONE : `${(100 * sample.cloudShare).toFixed(1)} % cloud`
    case 'altitude':
      return quantity(sample.altitude, 'm')
    case 'slope':
      return sample.slope === null ? NONE : `slope ${sample.slope.toFixed(1)}`
    case 'lat':
      return degrees(sample.lat)
    case 'lon':
      return degrees(sample.lon)
  }
}

/** What a screen reader says of a thumbnail. */
export function nameOf(sample: GridSample): string {
  return `Shot ${sample.shotNumber}, ${biomassText(sample)}, ${sample.split}`
}

function quantity(value: number | null, unit: string, decimals = 0): string {
  return value === null ? NONE : `${value.toFixed(decimals)} ${unit}`
}

function degrees(value: number | null): string {
  return value === null ? NONE : `${value.toFixed(3)}°`
}
