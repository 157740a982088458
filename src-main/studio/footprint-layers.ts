import { mkdir } from 'node:fs/promises'
import type { LayerState } from '../../src-shared/api/contract'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ExploreLayer, OpenedLayer } from '../../src-shared/explore/layers'
import type { Project } from '../../src-shared/run/project'
import type { ProjectPaths } from '../project/project-paths'
import type { Broadcast } from './broadcast'
import type { FootprintExplorer } from './footprint-explorer'
import { ingestedGranules } from './granule-inspection'
import type { ProjectSurvey } from './project-survey'
import type { RunControl } from './run-control'

/** What it needs of the open project. */
export interface LayersHost {
  readonly paths: ProjectPaths
  readonly explorer: FootprintExplorer
  readonly run: RunControl
  readonly runEnds: Broadcast<null>
  project(): Project
  /** Looks at the project's files anew. */
  survey(): Promise<ProjectSurvey | null>
  /** Begins a run that reads the granules. */
  ingest(): void
}

type Tell = (state: LayerState) => void

/** Loads the footprints of an open project, layer by layer. */
export class FootprintLayers {
  private opened: OpenedLayer | null = null

  constructor(private readonly host: LayersHost) {}

  /** Where the footprints lie; null until they were loaded. */
  get bounds(): OpenedLayer['bounds'] {
    return this.opened?.bounds ?? null
  }

  /**
   * Loads a layer, telling how far it is; granules that are not in the project yet are read first.
   * @throws StudioError of the run that reads them, or of loading
   */
  async open(layer: ExploreLayer, tell: Tell): Promise<LayerState> {
    const { explorer, paths } = this.host
    await mkdir(paths.windowTemporary, { recursive: true })
    if (layer === 'subset') {
      const opened = await explorer.openSubset(this.host.project(), tell)
      // Where the footprints lie is told by the subset too, until all of them are loaded.
      this.opened ??= opened
      return { state: 'loaded', ...opened, filterable: false }
    }
    const granules = await this.readGranules(tell)
    const project = this.host.project()
    if (granules.length === 0 && Object.values(project.sources.combined).every((table) => table === null)) {
      throw new StudioError('not-ready', 'There are no footprints yet.', {
        hint: 'Choose folders with GEDI granules in the Sources step.',
      })
    }
    this.opened = await explorer.openFootprints(project, granules, tell)
    return { state: 'loaded', ...this.opened, filterable: granules.length > 0 }
  }

  /** The project's granules, read into it. */
  private async readGranules(tell: Tell): Promise<Awaited<ReturnType<typeof ingestedGranules>>['ingested']> {
    const { host } = this
    if (host.project().sources.inputs.length === 0) return []
    for (let tries = 0; ; tries++) {
      const survey = await host.survey()
      // Without granules nothing can be loaded, and why there are none is what people need to know.
      if (survey?.granules === null && survey.error !== null) throw survey.error
      const found = survey?.granules?.granules ?? []
      const { ingested, missing } = await ingestedGranules(host.paths, found)
      const skipped = host.run.state.skippedTotal
      if (missing === 0 || (tries > 0 && missing <= skipped) || tries > 2) return ingested
      if (!host.run.isActive) host.ingest()
      await this.untilIngested(tell)
      if (host.run.state.error !== null) throw StudioError.fromJSON(host.run.state.error)
    }
  }

  /** Waits until the run has read the granules, or has ended. */
  private untilIngested(tell: Tell): Promise<void> {
    const { run, runEnds } = this.host
    return new Promise((done) => {
      const ended = runEnds.listen(() => finish())
      const moved = run.changes.listen(({ step }) => {
        if (step?.step === 'ingest')
          tell({ state: 'loading', what: 'Reading granules', done: step.done, total: step.total })
        else if (step !== null) finish()
      })
      const finish = (): void => {
        ended()
        moved()
        done()
      }
      if (!run.isActive) finish()
    })
  }
}
