import { join } from 'node:path'
import type { CardFile } from '../../src-shared/card/card'
import type { Split } from '../../src-shared/footprint/footprint'
import type { CatalogFiles } from '../../src-worker/plan/catalog-store'

/** Name of the file that makes a folder a project. */
export const PROJECT_FILE = 'project.json'

/** The files of a project folder (docs/architecture.md describes them). */
export interface ProjectPaths {
  folder: string
  project: string
  /** Marks of the review. */
  review: string
  steps: string
  report: string
  log: string
  lock: string
  rejections: string
  /** Spill files and other things that may be deleted when nothing runs. */
  temporary: string
  /** The same for the window, which may work while nothing runs. */
  windowTemporary: string
  footprints: string
  /** The project's own copy of the area file. */
  area: string
  /** Batch files, and their records with the rejections. */
  batches: string
  records: string
  catalog: CatalogFiles
  /** Which footprints failed searches leave open. */
  openPlaces: string
  /** Answers of STAC APIs. */
  searches: string
  /** Parts of files on servers; may be deleted when nothing runs. */
  networkCache: string
  combined(split: Split): string
  subset(split: Split): string
  figure(split: Split, table: 'combined' | 'subset'): string
  plan(split: Split): string
  noScene(split: Split): string
  batch(split: Split, size: number, batch: number): string
  batchRecord(split: Split, size: number, batch: number): string
  batchFolder(split: Split): string
  recordFolder(split: Split): string
  dataset(split: Split): string
  /** Statistics of the train split. */
  statistics: string
  /** A file that describes the datasets. */
  card(name: CardFile): string
}

/** The files of the project in a folder. */
export function projectPaths(folder: string): ProjectPaths {
  const at = (...parts: string[]): string => join(folder, ...parts)
  return {
    folder,
    project: at(PROJECT_FILE),
    review: at('review.json'),
    steps: at('steps.json'),
    report: at('report.json'),
    log: at('run.log'),
    lock: at('run.lock'),
    rejections: at('rejections.csv'),
    temporary: at('.temporary'),
    windowTemporary: at('.window'),
    footprints: at('footprints'),
    area: at('area.geojson'),
    batches: at('batches'),
    records: at('rejections'),
    catalog: { scenes: at('catalog', 'scenes.parquet'), tiles: at('catalog', 'tiles.json') },
    openPlaces: at('catalog', 'open.json'),
    searches: at('catalog', 'searches'),
    networkCache: at('.network'),
    statistics: at('statistics.json'),
    combined: (split) => at(`${split}_combined.csv`),
    subset: (split) => at(`${split}_subset.csv`),
    figure: (split, table) => at(`${split}_distribution_${table}.png`),
    plan: (split) => at('plan', `${split}.parquet`),
    noScene: (split) => at('plan', `${split}_no_scene.csv`),
    batch: (split, size, batch) => at('batches', split, `batch_${size}_${batch}.h5`),
    batchRecord: (split, size, batch) => at('rejections', split, `batch_${size}_${batch}.json`),
    batchFolder: (split) => at('batches', split),
    recordFolder: (split) => at('rejections', split),
    dataset: (split) => at(`${split}_dataset.h5`),
    card: (name) => at(name),
  }
}
