import { stat } from 'node:fs/promises'
import type { LayerState } from '../../src-shared/api/contract'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { TableDistribution } from '../../src-shared/explore/distribution'
import type { FilterCounts } from '../../src-shared/explore/filter-counts'
import type { ExploreLayer, OpenedLayer } from '../../src-shared/explore/layers'
import type { ExploreRecord } from '../../src-shared/explore/record'
import type { StateCounts } from '../../src-shared/explore/states'
import type { Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { Settings } from '../../src-shared/settings/settings'
import type { IngestedGranule } from '../../src-worker/footprints/granule-overlap'
import type { JobInput } from '../../src-worker/jobs/schemas'
import { fingerprint } from '../project/fingerprint'
import type { ProjectPaths } from '../project/project-paths'
import { PooledWorker } from '../workers/pooled-worker'
import type { SpawnWorker } from '../workers/worker-port'

/** Place of a map tile in the pyramid. */
interface TilePlace {
  z: number
  x: number
  y: number
}

/** What a layer was loaded from, and what came of it. */
interface Loaded {
  identity: string
  opened: OpenedLayer
}

/**
 * The footprints of the open project in a process of their own: counts for the filter, tiles and records for the map.
 * Layers are loaded when they are first asked for, and again when what they are made from has changed.
 */
export class FootprintExplorer {
  private readonly worker: PooledWorker
  /** Reads tables beside the layers, so that counts need not wait for it. */
  private readonly tables: PooledWorker
  private readonly loaded = new Map<ExploreLayer, Loaded>()
  private readonly distributions = new Map<string, TableDistribution>()
  private readonly stop = new AbortController()
  private areaFile: string | null = null
  private settings: Settings | null = null
  private statesSeen = ''
  private statesRevision = 0
  private lastTile: Promise<void> = Promise.resolve()

  constructor(
    spawn: SpawnWorker,
    private readonly paths: ProjectPaths,
  ) {
    this.worker = new PooledWorker(spawn)
    this.tables = new PooledWorker(spawn)
  }

  /**
   * Loads all footprints of the granules, or of the given combined tables.
   * @throws StudioError of the job; `cancelled` when the project is closed
   */
  async openFootprints(
    project: Project,
    granules: readonly IngestedGranule[],
    tell: (state: LayerState) => void,
  ): Promise<OpenedLayer> {
    const { combined } = project.sources
    const filterable = granules.length > 0
    const from: JobInput<'explore-open'> = filterable
      ? { from: 'granules', granules: [...granules], ...this.limits(project) }
      : { from: 'combined', tables: combined, ...this.limits(project) }
    const identity = fingerprint(filterable ? granules.map(({ summary }) => summary) : combined)
    return this.open('footprints', from, identity, tell)
  }

  /** Loads the subset tables with what became of their footprints. */
  async openSubset(project: Project, tell: (state: LayerState) => void): Promise<OpenedLayer> {
    const { paths } = this
    const bySplit = async (path: (split: Split) => string): Promise<Record<Split, string | null>> => ({
      train: await existing(path('train')),
      test: await existing(path('test')),
    })
    const tables = await bySplit((split) => paths.subset(split))
    if (tables.train === null && tables.test === null) {
      throw new StudioError('not-ready', 'There is no subset yet.', { hint: 'Draw the subset first.' })
    }
    const noScene = { train: paths.noScene('train'), test: paths.noScene('test') }
    const records = { train: paths.recordFolder('train'), test: paths.recordFolder('test') }
    const sizes = await Promise.all(
      [tables.train, tables.test].map(async (path) => (path === null ? null : (await stat(path)).mtimeMs)),
    )
    return this.open(
      'subset',
      { from: 'subset', tables, noScene, records, ...this.limits(project) },
      fingerprint([tables, sizes, await existing(noScene.train), await existing(noScene.test)]),
      tell,
    )
  }

  private async open(
    layer: ExploreLayer,
    input: JobInput<'explore-open'>,
    identity: string,
    tell: (state: LayerState) => void,
  ): Promise<OpenedLayer> {
    const before = this.loaded.get(layer)
    if (before?.identity === identity && this.worker.pid !== null) return before.opened
    this.loaded.delete(layer)
    const opened = await this.worker.run('explore-open', input, {
      signal: this.stop.signal,
      progress: (done, total) => tell({ state: 'loading', what: 'Loading footprints', done, total }),
    })
    this.loaded.set(layer, { identity, opened })
    if (layer === 'footprints' && this.settings !== null) await this.filter(this.settings, this.areaFile)
    return opened
  }

  /** @param areaFile the project's copy of the area file, null where the settings name none */
  async filter(settings: Settings, areaFile: string | null): Promise<FilterCounts> {
    this.require('footprints')
    this.settings = settings
    this.areaFile = areaFile
    return this.worker.run('explore-filter', { settings, areaFile }, { signal: this.stop.signal })
  }

  /** @returns what became of the subset so far; the revision grows when that has changed */
  async states(): Promise<StateCounts & { revision: number }> {
    this.require('subset')
    const counts = await this.worker.run('explore-states', {}, { signal: this.stop.signal })
    const seen = JSON.stringify(counts)
    if (seen !== this.statesSeen) this.statesRevision++
    this.statesSeen = seen
    return { ...counts, revision: this.statesRevision }
  }

  /**
   * A Mapbox vector tile; empty where the layer is not loaded. Tiles are made one after the other, so that a question
   * of the filter waits for one of them at most.
   * @param signal of whoever asks; a tile that nobody waits for any more is not made
   * @throws StudioError `cancelled`
   */
  async tile(
    layer: ExploreLayer,
    { z, x, y }: TilePlace,
    dropped: boolean,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const before = this.lastTile
    let release = (): void => undefined
    this.lastTile = new Promise((resolve) => (release = resolve))
    try {
      await before
      throwIfCancelled(signal)
      if (!this.isLoaded(layer)) return new Uint8Array()
      const input = { layer, z, x, y, dropped }
      return (await this.worker.run('explore-tile', input, { signal: this.stop.signal })).bytes
    } finally {
      release()
    }
  }

  async record(layer: ExploreLayer, row: number): Promise<ExploreRecord> {
    this.require(layer)
    return this.worker.run('explore-record', { layer, row }, { signal: this.stop.signal })
  }

  /** How a table is spread over time and biomass; null where there is no such table. */
  async distribution(project: Project, table: string): Promise<TableDistribution | null> {
    const found = await stat(table).catch(() => null)
    if (found === null) return null
    const key = `${table} ${found.size} ${found.mtimeMs}`
    const known = this.distributions.get(key)
    if (known !== undefined) return known
    const counted = await this.tables.run(
      'distribution',
      { table, ...this.limits(project) },
      { signal: this.stop.signal },
    )
    this.distributions.set(key, counted)
    return counted
  }

  /** Draws the figure of a table, as SVG or PNG by the name of the output. */
  async figure(
    project: Project,
    figure: { table: string; split: Split; kind: 'combined' | 'subset'; output: string },
  ): Promise<void> {
    await this.tables.run('figure', { ...figure, ...this.limits(project) }, { signal: this.stop.signal })
  }

  /** Ends the processes; whatever was asked of them fails with `cancelled`. */
  close(): void {
    this.stop.abort()
    this.worker.close()
    this.tables.close()
  }

  private isLoaded(layer: ExploreLayer): boolean {
    return this.loaded.has(layer) && this.worker.pid !== null
  }

  private require(layer: ExploreLayer): void {
    if (this.isLoaded(layer)) return
    throw new StudioError('not-ready', 'The footprints are not loaded yet.', {
      hint: 'Wait until they are, or load them again.',
    })
  }

  private limits({ settings }: Project): { memoryMb: number; tempDirectory: string } {
    return {
      memoryMb: Math.max(256, Math.floor(settings.memory * 0.5)),
      tempDirectory: this.paths.windowTemporary,
    }
  }
}

async function existing(path: string): Promise<string | null> {
  return stat(path).then(
    () => path,
    () => null,
  )
}
