import type { CardFile } from '../card/card'
import type { Split } from '../footprint/footprint'
import type { RejectionReason } from '../footprint/rejection'
import type { GeotiffLayers } from '../patches/geotiff-layers'
import type { ExploreLayer } from '../explore/layers'
import type { SampleRef } from './run-state'

/**
 * Addresses of what is not a procedure, because the browser reads it itself: map tiles, pictures, files to save. Relative
 * to the page, so that they hold under `app://` and `http://` alike.
 */
const DATA = 'data'

/** Vector tiles for MapLibre. The revision only keeps old tiles out of its cache. */
export function tileTemplate(layer: ExploreLayer, revision: string, dropped: boolean): string {
  return `${DATA}/tiles/${layer}/${revision}/${dropped ? 'all' : 'kept'}/{z}/{x}/{y}`
}

/** A sample as GeoTIFF; the answer says under which name it is saved. */
export function geotiffAddress({ split, batch, row, file }: SampleRef, layers: GeotiffLayers): string {
  const place = file === undefined ? `geotiffs/${split}/${batch}` : `file-geotiffs/${file}`
  return `${DATA}/${place}/${row}/${layers}.tif`
}

/** The distribution of a table as the command line plots it. */
export function figureAddress(split: Split, table: 'combined' | 'subset', format: 'png' | 'svg'): string {
  return `${DATA}/figures/${split}_distribution_${table}.${format}`
}

/** CSV `shot_number,split,reason` of the rejected footprints, of all reasons or one. */
export function rejectionsAddress(reason: RejectionReason | null): string {
  return `${DATA}/rejections/${reason ?? 'all'}.csv`
}

/** A file that describes the datasets, to be looked at. */
export function cardAddress(name: CardFile): string {
  return `${DATA}/card/${name}`
}

/** A file of the project: tables, report, log. */
export const PROJECT_FILES = [
  'report.json',
  'run.log',
  'train_combined.csv',
  'test_combined.csv',
  'train_subset.csv',
  'test_subset.csv',
] as const
export type ProjectFile = (typeof PROJECT_FILES)[number]
export function projectFileAddress(name: ProjectFile): string {
  return `${DATA}/files/${name}`
}
