import { DATASETS } from '../dataset/datasets'
import { NO_SOURCES } from '../run/project'
import { DEFAULT_SETTINGS } from '../settings/settings'
import type { Split } from '../footprint/footprint'
import type { SplitReport } from '../run/report'
import type { Card } from './card'
import type { FileFacts } from './card-facts'

const SPLIT: SplitReport = {
  combined: 10,
  subset: 8,
  batches: { done: 1, total: 1 },
  samples: 5,
  rejected: { 'scl-cloud': 2 },
  failed: 1,
  review: null,
  dataset: null,
}

/** Facts of a file of three samples. */
export function factsOf(split: Split, change: Partial<FileFacts> = {}): FileFacts {
  return {
    split,
    name: `${split}_dataset.h5`,
    bytes: 1234,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    samples: 3,
    created: '2026-01-02T03:04:05.000Z',
    datasets: DATASETS.map(({ name }) => name),
    agbd: { unit: 'Mg/ha', width: 25, counts: [1, 2, 0], outside: 0 },
    acquired: {
      first: '2020-06-07T04:11:09Z',
      last: '2020-08-01T00:00:00Z',
      years: [{ value: '2020', samples: 3 }],
      months: [0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0],
      days: Array.from({ length: 366 }, (_, day) => (day === 158 ? 3 : 0)),
      outside: 0,
    },
    bounds: { west: 8, east: 9, south: 47, north: 48 },
    productYears: [{ value: '2020', samples: 3 }],
    products: 2,
    granules: 1,
    crs: [{ value: 'EPSG:32632', samples: 3 }],
    lookedAt: 3,
    landCover: [{ value: '10', samples: 3 }],
    slope: { unit: '%', width: 2, counts: [3, 0], outside: 0 },
    problems: [],
    ...change,
  }
}

/** A card of two files. */
export function cardOf(change: Partial<Card> = {}): Card {
  return {
    name: 'forest',
    software: 'gedi-dataset-studio 0.1.0',
    created: '2026-01-02T03:04:05.000Z',
    settings: DEFAULT_SETTINGS,
    sources: { ...NO_SOURCES, inputs: ['gedi'], source: 'earth-search' },
    commandLine: 'gedi-dataset run --output forest --input gedi',
    splits: { train: SPLIT, test: SPLIT },
    files: [factsOf('train'), factsOf('test')],
    map: {
      ...{ width: 564, height: 320, land: 'M0,0L10,10Z', borders: '', cell: 4 },
      meridians: [{ at: 20, label: '8° E' }],
      parallels: [{ at: 30, label: '47° N' }],
      cells: [
        { split: 'train', x: 8, y: 12, samples: 2 },
        { split: 'test', x: 16, y: 12, samples: 1 },
      ],
    },
    statistics: null,
    leakage: [],
    ...change,
  }
}
