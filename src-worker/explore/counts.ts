import type { FilterCounts, Histogram, HistogramName } from '../../src-shared/explore/filter-counts'
import { EXPLORE_FILTERS, type ExploreFilter } from '../../src-shared/explore/filter-names'
import { DAY_MS, startOfUtcDay } from '../../src-shared/footprint/time'
import { OPTIONAL_COLUMNS } from '../footprints/shot-columns'
import { beamName } from './beam-name'
import { NO_BIN, type Binning } from './binning'
import { NEEDS, NO_BEAM, type Origin } from './columns'
import type { Criterion } from './criteria'
import type { ShotCodes } from './shot-codes'
import { bitOf, Chart, HIDDEN, type Tally } from './tally'
import type { Totals } from './totals'

/** Days of a chart at most; beyond, times must be wrong. */
const MOST_DAYS = 36_525

/** Everything that the numbers of the Filter step are made from. */
export interface Counted {
  origins: readonly Origin[]
  codes: ShotCodes
  totals: Totals
  tally: Tally
  criteria: readonly Criterion[]
  /** By origin: 0 no split, 1 train, 2 test. */
  splits: Uint8Array
  revision: number
}

/** The numbers of the Filter step. */
export function filterCounts(counted: Counted): FilterCounts {
  const { codes, totals, tally, revision } = counted
  const total = totals.origins.reduce((sum, rows) => sum + rows, 0)
  const kept = tally.byMask[0]
  const shares = originShares(counted)
  const inSplit = (split: number): number =>
    shares.kept.reduce((sum, rows, origin) => sum + (counted.splits[origin] === split ? rows : 0), 0)
  return {
    revision,
    total,
    kept,
    train: inSplit(1),
    test: inSplit(2),
    dropped: total - kept,
    filters: filterShares(counted),
    histograms: {
      'relative-standard-error': histogram(counted, 'relative-standard-error'),
      agbd: histogram(counted, 'agbd'),
      sensitivity: histogram(counted, 'sensitivity'),
      'solar-elevation': histogram(counted, 'solar-elevation'),
    },
    days: days(counted, shares),
    years: years(counted, shares),
    beams: codesThatOccur(totals.beams, tally.beams)
      .filter(({ code }) => code !== NO_BEAM)
      .map(({ code, ...rest }) => ({ beam: beamName(code), ...rest })),
    degradeFlags: codesThatOccur(totals.degrade, tally.degrade)
      .filter(({ code }) => code < codes.degradeFlags.length)
      .map(({ code, ...rest }) => ({ value: codes.degradeFlags[code], ...rest })),
    flags: {
      l2: flag(tally, 0, 'l2-quality'),
      l4: flag(tally, 1, 'l4-quality'),
      surface: flag(tally, 2, 'surface'),
      positive: flag(tally, 3, 'agbd-positive'),
    },
    missing: missing(counted),
  }
}

function filterShares({ criteria, tally }: Counted): FilterCounts['filters'] {
  const removed = EXPLORE_FILTERS.map(() => 0)
  for (let mask = 1; mask < HIDDEN; mask++) {
    const rows = tally.byMask[mask]
    if (rows === 0) continue
    for (let place = 0; place < removed.length; place++)
      if (((mask >> place) & 1) === 1) removed[place] += rows
  }
  return criteria.map(({ name, active }, place) => ({
    name,
    active,
    removed: removed[place],
    alone: tally.byMask[bitOf(name)],
  }))
}

function histogram({ codes, totals, tally }: Counted, name: HistogramName): Histogram {
  const binning: Binning = codes.histograms[name]
  const bins = Math.max(0, binning.edges.length - 1)
  const chart = tally.histograms[name]
  const kept = [...chart.kept.subarray(0, bins)]
  return {
    ...binning,
    absent: totals.histograms[name][NO_BIN],
    all: [...totals.histograms[name].subarray(0, bins)],
    others: kept.map((rows, bin) => rows + chart.alone[bin]),
    kept,
  }
}

function codesThatOccur(
  all: Int32Array,
  { kept, alone }: Chart,
): { code: number; all: number; others: number; kept: number }[] {
  return [...all.entries()]
    .filter(([, rows]) => rows > 0)
    .map(([code, rows]) => ({ code, all: rows, others: kept[code] + alone[code], kept: kept[code] }))
}

function flag({ flags, byMask }: Tally, bit: number, filter: ExploreFilter): { pass: number; fail: number } {
  const sum = (value: number): number =>
    flags.reduce((total, rows, code) => total + (((code >> bit) & 1) === value ? rows : 0), 0)
  return { pass: sum(1), fail: sum(0) + byMask[bitOf(filter)] }
}

/** Footprints by origin. */
interface OriginShares {
  kept: number[]
  /** Those that pass all filters but the one on the date. */
  butDates: number[]
  /** Those that pass all filters but the one on the year. */
  butYears: number[]
}

function originShares({ criteria, tally }: Counted): OriginShares {
  const failing = (filter: ExploreFilter): Uint8Array | null =>
    criteria.find(({ name }) => name === filter)?.origins ?? null
  const [dates, years] = [failing('dates'), failing('years')]
  const loose = [...tally.loose]
  const passing = (rows: number[], marks: Uint8Array | null): number[] =>
    marks === null ? rows : rows.map((count, origin) => (marks[origin] === 1 ? 0 : count))
  return {
    kept: passing(passing(loose, dates), years),
    butDates: passing(loose, years),
    butYears: passing(loose, dates),
  }
}

function days({ origins, totals }: Counted, { kept, butDates }: OriginShares): FilterCounts['days'] {
  const at = origins.map(({ acquired }) => startOfUtcDay(acquired) / DAY_MS)
  const withRows = at.filter((_, origin) => totals.origins[origin] > 0)
  if (withRows.length === 0) return null
  const first = withRows.reduce((a, b) => Math.min(a, b))
  const last = withRows.reduce((a, b) => Math.max(a, b))
  if (last - first >= MOST_DAYS) return null
  const perDay = (rows: ArrayLike<number>): number[] => {
    const sums = new Array<number>(last - first + 1).fill(0)
    for (const [origin, day] of at.entries()) if (rows[origin] > 0) sums[day - first] += rows[origin]
    return sums
  }
  return {
    first: new Date(first * DAY_MS).toISOString().slice(0, 10),
    all: perDay(totals.origins),
    others: perDay(butDates),
    kept: perDay(kept),
  }
}

function years({ origins, totals }: Counted, { kept, butYears }: OriginShares): FilterCounts['years'] {
  const sums = new Map<number, { all: number; others: number; kept: number }>()
  for (const [origin, { acquired }] of origins.entries()) {
    if (totals.origins[origin] === 0) continue
    const year = new Date(acquired).getUTCFullYear()
    const sum = sums.get(year) ?? { all: 0, others: 0, kept: 0 }
    sum.all += totals.origins[origin]
    sum.others += butYears[origin]
    sum.kept += kept[origin]
    sums.set(year, sum)
  }
  return [...sums].sort(([a], [b]) => a - b).map(([year, sum]) => ({ year, ...sum }))
}

function missing({ origins, totals }: Counted): FilterCounts['missing'] {
  return OPTIONAL_COLUMNS.flatMap((column) => {
    const lacking = [...origins.keys()].filter((origin) => (origins[origin].lacks & NEEDS[column]) !== 0)
    const shots = lacking.reduce((sum, origin) => sum + totals.origins[origin], 0)
    return lacking.length === 0 ? [] : [{ column, granules: lacking.length, shots }]
  })
}
