import type { GridSample } from '../../../src-shared/api/contract'
import type { PatchOrder } from '../../../src-shared/patches/patch-list'
import { SUSPECT_RULES } from '../../../src-shared/patches/suspects'
import { className } from '../../patches/class-names'
import { biomassText } from '../../patches/record'
import { sampleName, splitOf } from '../../patches/sample-key'
import { formatDay } from '../../parts/format'

const NONE = '–'

/** What stands below a thumbnail: the quantity that the samples are ordered by. */
export function captionOf(sample: GridSample, order: PatchOrder): string {
  switch (order) {
    case 'suspects':
      return sample.suspects?.at(0) === undefined ? NONE : SUSPECT_RULES[sample.suspects[0].rule].label
    case 'relativeError':
      return relativeError(sample)
    case 'landCover':
      return sample.landCover === null ? NONE : className('landCover', sample.landCover)
    case 'product':
      return productCaption(sample.product)
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
  const split = splitOf(sample)
  const suspects = (sample.suspects ?? []).map(({ rule }) => SUSPECT_RULES[rule].label.toLowerCase())
  return [
    sampleName(sample),
    biomassText(sample),
    ...(split === null ? [] : [split]),
    ...(suspects.length === 0 ? [] : [`suspect: ${suspects.join(', ')}`]),
  ].join(', ')
}

function relativeError({ agbd, agbdSe }: GridSample): string {
  if (agbd === null || agbdSe === null || agbd === 0) return NONE
  return `± ${((100 * agbdSe) / agbd).toFixed(0)} %`
}

/** `S2A_MSIL2A_20200609T102131_…_T32TNT_…` as "32TNT 2020-06-09"; the name itself where it is another. */
function productCaption(product: string): string {
  const match = /_(\d{4})(\d\d)(\d\d)T\d{6}_.*_T(\d\d[A-Z]{3})/.exec(product)
  return match === null ? product || NONE : `${match[4]} ${match[1]}-${match[2]}-${match[3]}`
}

function quantity(value: number | null, unit: string, decimals = 0): string {
  return value === null ? NONE : `${value.toFixed(decimals)} ${unit}`
}

function degrees(value: number | null): string {
  return value === null ? NONE : `${value.toFixed(3)}°`
}
