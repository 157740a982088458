import { isWithin, type PatchFilters, type RowChoice } from '../../src-shared/patches/patch-filters'
import type { PatchListRequest } from '../../src-shared/patches/patch-list'
import type { JobContext } from '../process/context'
import type { KnownFile } from './known-files'
import { BLOCK_ROWS } from './sample-block'
import type { SampleBlocks } from './sample-blocks'
import type { SampleMeasures } from './sample-measures'
import { sortedPositions } from './sample-order'
import { readSortKeys, type SortedBy } from './sort-keys'
import type { SuspectSamples } from './suspect-samples'

/** Lists of keys that are kept, so that another filter reads nothing again: eight bytes a sample each. */
const MOST_KEYS = 8
const MILLISECONDS_A_DAY = 86_400_000

/**
 * The samples that a list shows, in its order. A position counts through all files, one after the other; a place counts
 * through the list.
 */
export interface SampleSelection {
  count: number
  positionAt: (place: number) => number
  /** null where the sample is filtered out. */
  placeOf: (position: number) => number | null
}

type Wanted = Pick<PatchListRequest, 'order' | 'descending' | 'filters' | 'rows'>

/** Finds the samples of lists by filters and order. */
export class SampleSelections {
  private last: { of: string; positions: Uint32Array } | null = null
  private readonly keys = new Map<string, Float64Array>()

  constructor(
    private readonly blocks: SampleBlocks,
    private readonly measures: SampleMeasures,
    private readonly suspects: SuspectSamples,
  ) {}

  /**
   * The selection that a request asks for; the one asked for last is kept. Progress counts samples that are read.
   * @throws FileFault when a file cannot be read; StudioError `cancelled`
   */
  async select(files: readonly KnownFile[], wanted: Wanted, ctx: JobContext): Promise<SampleSelection> {
    const { order, descending, filters, rows } = wanted
    const total = files.reduce((sum, { samples }) => sum + samples, 0)
    if (order === 'file' && Object.keys(filters).length === 0 && rows === null) {
      const turned = (place: number): number => (descending ? total - 1 - place : place)
      return { count: total, positionAt: turned, placeOf: turned }
    }
    const of = JSON.stringify([order, descending, filters, rows, files])
    if (this.last?.of !== of) {
      const kept = await this.passing(files, total, filters, rows, ctx)
      const positions = await this.sorted(files, kept, wanted, ctx)
      this.last = { of, positions }
    }
    const { positions } = this.last
    return {
      count: positions.length,
      positionAt: (place) => positions[place],
      placeOf: (position) => {
        const place = positions.indexOf(position)
        return place === -1 ? null : place
      },
    }
  }

  /** Positions that the filters leave, ascending. */
  private async passing(
    files: readonly KnownFile[],
    total: number,
    filters: PatchFilters,
    rows: RowChoice | null,
    ctx: JobContext,
  ): Promise<Uint32Array> {
    const tests: ((position: number) => boolean)[] = []
    if (rows !== null) tests.push(chosen(files, total, rows))
    for (const name of ['agbd', 'relativeError', 'cloudShare', 'slope'] as const) {
      const range = filters[name]
      if (range === undefined) continue
      const keys = await this.keysOf(files, name, ctx)
      tests.push((position) => isWithin(keys[position], range))
    }
    const { sceneDate, landCover, suspects, product } = filters
    if (sceneDate !== undefined) {
      const keys = await this.keysOf(files, 'sceneDate', ctx)
      const day = (text: string | null): number | null => (text === null ? null : Date.parse(text))
      const high = day(sceneDate.to)
      const range = { low: day(sceneDate.from), high: high === null ? null : high + MILLISECONDS_A_DAY - 1 }
      tests.push((position) => isWithin(keys[position], range))
    }
    if (product !== undefined) tests.push(await this.productTest(files, total, product, ctx))
    if (landCover !== undefined) {
      const keys = await this.keysOf(files, 'landCover', ctx)
      const classes = new Set<number>(landCover)
      tests.push((position) => classes.has(keys[position]))
    }
    if (suspects !== undefined) {
      await this.measureAll(files, ctx)
      const rules = new Set<string>(suspects)
      const hit = eachPosition(files, total, (position, file, row) =>
        (this.suspects.hits(files, position, file, row) ?? []).some(({ rule }) => rules.has(rule)) ? 1 : 0,
      )
      tests.push((position) => hit[position] === 1)
    }
    return Uint32Array.from({ length: total }, (_, position) => position).filter((position) =>
      tests.every((test) => test(position)),
    )
  }

  private async sorted(
    files: readonly KnownFile[],
    kept: Uint32Array,
    { order, descending }: Wanted,
    ctx: JobContext,
  ): Promise<Uint32Array> {
    if (order === 'file') return descending ? kept.toReversed() : kept
    const keys = await this.keysOf(files, order, ctx)
    const places = sortedPositions(
      Float64Array.from(kept, (position) => keys[position]),
      descending,
    )
    return places.map((place) => kept[place])
  }

  private async keysOf(
    files: readonly KnownFile[],
    by: SortedBy | 'suspects' | 'landCover',
    ctx: JobContext,
  ): Promise<Float64Array> {
    const of = JSON.stringify([by, files])
    const known = this.keys.get(of) ?? (await this.readKeys(files, by, ctx))
    this.keys.delete(of)
    this.keys.set(of, known)
    const [oldest] = this.keys.keys()
    if (this.keys.size > MOST_KEYS) this.keys.delete(oldest)
    return known
  }

  private async readKeys(
    files: readonly KnownFile[],
    by: SortedBy | 'suspects' | 'landCover',
    ctx: JobContext,
  ): Promise<Float64Array> {
    if (by !== 'suspects' && by !== 'landCover') return readSortKeys(this.blocks, files, by, ctx)
    await this.measureAll(files, ctx)
    const total = files.reduce((sum, { samples }) => sum + samples, 0)
    // Most rules first.
    return eachPosition(files, total, (position, file, row) =>
      by === 'landCover'
        ? (this.measures.of(file, row)?.landCover ?? NaN)
        : -(this.suspects.hits(files, position, file, row)?.length ?? 0),
    )
  }

  private async measureAll(files: readonly KnownFile[], ctx: JobContext): Promise<void> {
    const total = files.reduce((sum, { samples }) => sum + samples, 0)
    let before = 0
    for (const file of files) {
      await this.measures.measure(file, ctx.signal, Infinity, (done) => ctx.progress(before + done, total))
      before += file.samples
    }
    await this.suspects.prepare(files, ctx.signal)
  }

  private async productTest(
    files: readonly KnownFile[],
    total: number,
    product: string,
    { signal }: JobContext,
  ): Promise<(position: number) => boolean> {
    const passes = new Uint8Array(total)
    const wanted = product.toLowerCase()
    let start = 0
    for (const file of files) {
      const numbers = Array.from({ length: Math.ceil(file.samples / BLOCK_ROWS) }, (_, number) => number)
      await this.blocks.visit(file, numbers, signal, ({ products, count }) => {
        for (const [i, name] of products.entries())
          passes[start + i] = Number(name.toLowerCase().includes(wanted))
        start += count
      })
    }
    return (position) => passes[position] === 1
  }
}

/** A number for each sample of all files, one file after the other. */
function eachPosition(
  files: readonly KnownFile[],
  total: number,
  value: (position: number, file: KnownFile, row: number) => number,
): Float64Array {
  const values = new Float64Array(total)
  let position = 0
  for (const file of files)
    for (let row = 0; row < file.samples; row++, position++) values[position] = value(position, file, row)
  return values
}

/** Whether a sample is among chosen rows, or is none of them. */
function chosen(
  files: readonly KnownFile[],
  total: number,
  { keep, rows }: RowChoice,
): (position: number) => boolean {
  const byFile = new Map(rows.map(({ file, rows: of }) => [file, new Set(of)]))
  const named = eachPosition(files, total, (_, { file }, row) => Number(byFile.get(file)?.has(row) ?? false))
  return (position) => (named[position] === 1) === keep
}
