import { gridSampleSchema, type GridSample } from '../../src-shared/api/contract'
import type { SampleRef } from '../../src-shared/api/run-state'

/** A sample as the list of patches names it, for tests. */
export function gridSample(changes: Partial<GridSample> & Partial<SampleRef> = {}): GridSample {
  return gridSampleSchema.parse({
    split: 'train',
    batch: 0,
    row: 3,
    version: '1',
    shotNumber: '83360500200123456',
    agbd: 123.456,
    agbdSe: 12.34,
    lon: 8.1234567,
    lat: -47.5,
    acquisitionTime: '2020-06-07T04:11:09Z',
    product: 'S2A_MSIL2A_20200609T102131_N0500_R065_T32TNT_20230410T102131',
    sceneDate: '2020-06-09',
    cloudShare: 0.0312,
    altitude: 812.3,
    slope: 7.25,
    ...changes,
  })
}
