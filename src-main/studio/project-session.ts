import { mkdir } from 'node:fs/promises'
import type { ProjectChange } from '../../src-shared/api/contract'
import type { GranuleInspection, PreflightItem, SceneOutline } from '../../src-shared/api/inspection'
import type { RunState } from '../../src-shared/api/run-state'
import type { Stage, StageState } from '../../src-shared/api/stages'
import type { ProjectState } from '../../src-shared/api/studio-state'
import type { TableDistribution } from '../../src-shared/explore/distribution'
import type { FilterCounts } from '../../src-shared/explore/filter-counts'
import type { OpenedLayer } from '../../src-shared/explore/layers'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { NO_SOURCES, type Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import type { Settings } from '../../src-shared/settings/settings'
import { keepArea, readArea } from '../project/area-file'
import type { ProjectPaths } from '../project/project-paths'
import { refuseRunBeside } from '../slurm/run-beside'
import { PooledWorker } from '../workers/pooled-worker'
import type { SpawnWorker } from '../workers/worker-port'
import { Broadcast } from './broadcast'
import { ClusterControl } from './cluster-control'
import { clusterHost } from './cluster-host'
import { commandLine } from './command-line-text'
import { FootprintExplorer } from './footprint-explorer'
import { FootprintLayers } from './footprint-layers'
import { inspectGranules } from './granule-inspection'
import { OpenProject } from './open-project'
import { PatchFiles } from './patch-files'
import { preflight } from './preflight'
import { surveyProject, type ProjectSurvey } from './project-survey'
import type { OpenedProjectFile } from './recover-project'
import { ReviewMarks } from './review-marks'
import { rejectedFootprints } from './rejected-footprints'
import { idleRun } from './run-progress'
import type { RunControl } from './run-control'
import { stageStates } from './stage-states'
import { SurveySchedule } from './survey-schedule'

/** Milliseconds between two looks for finished batches: each reads their records, and the whole page is told. */
const BATCHES_DELAY_MS = 5000

/** Milliseconds between two looks at what marks change, of people who mark one sample after the other. */
const MARKS_DELAY_MS = 2000

/** An open project with everything that works on it. */
export class ProjectSession {
  readonly explorer: FootprintExplorer
  readonly layers: FootprintLayers
  readonly patches: PatchFiles
  readonly review: ReviewMarks
  readonly cluster: ClusterControl
  /** For checks that the window asks for now and then. */
  readonly aside: PooledWorker
  private readonly open: OpenProject
  private current: ProjectSurvey | null = null
  private states: Record<Stage, StageState> | null = null
  private revision = 0
  private readonly surveys = new SurveySchedule(() => this.surveyNow())
  private readonly runEnds = new Broadcast<null>()
  /** Whether another project, or none, has taken its place. */
  isClosed = false

  constructor(
    readonly paths: ProjectPaths,
    openedFile: OpenedProjectFile,
    spawn: SpawnWorker,
    private readonly run: RunControl,
    private readonly changed: () => void,
  ) {
    this.explorer = new FootprintExplorer(spawn, paths)
    const { explorer, runEnds } = this
    this.layers = new FootprintLayers({
      ...{ paths, explorer, run, runEnds },
      project: () => this.project,
      survey: async () => {
        await this.survey()
        return this.current
      },
      ingest: () => this.start('ingest', null),
    })
    this.patches = new PatchFiles(spawn, { paths, batchSize: () => this.batchSize })
    this.review = new ReviewMarks(
      paths,
      () => this.batchSize,
      () => this.surveys.soon(MARKS_DELAY_MS),
    )
    this.aside = new PooledWorker(spawn)
    this.cluster = new ClusterControl(clusterHost(this, run, this.runEnds, () => this.surveyAnew()))
    this.open = new OpenProject(paths, openedFile, (what) => {
      this.changed()
      if (what === 'project') this.surveys.soon()
    })
  }

  get folder(): string {
    return this.paths.folder
  }

  get name(): string {
    return this.open.project.name
  }

  get project(): Project {
    return this.open.project
  }

  /** Where its footprints lie; null until they were loaded. */
  get bounds(): OpenedLayer['bounds'] {
    return this.layers.bounds
  }

  get stages(): Record<Stage, StageState> {
    return this.states ?? EMPTY_STAGES
  }

  /** One line for the list of recent projects. */
  get summary(): string {
    const { fuse, generate, subset, filter, sources } = this.stages
    const last = [fuse, generate, subset, filter, sources].find(({ result }) => result !== null)
    return last?.result ?? 'Nothing chosen yet'
  }

  get state(): ProjectState {
    return { ...this.open.state, stages: this.stages, resultsRevision: this.revision }
  }

  /** The run state that the project's files tell. */
  get runBefore(): RunState {
    return this.current?.run ?? idleRun()
  }

  update(change: ProjectChange): void {
    this.open.update(change)
  }

  undo(): void {
    this.open.undo()
  }

  redo(): void {
    this.open.redo()
  }

  /** Looks at the files of the project and tells what stage is in which state. */
  survey(): Promise<void> {
    return this.surveys.now()
  }

  private async surveyNow(): Promise<void> {
    const { project } = this
    const looked = await surveyProject(this.paths, project, await this.review.all())
    const survey = hasNoSources(project) ? { ...looked, error: null } : looked
    await this.review.match().catch(() => undefined)
    this.current = survey
    this.states = await stageStates(project, survey, this.run.state)
    // Patches will be looked at: the process that draws them should not have to start while workers need the cores.
    if (!this.isClosed && this.states.generate.state !== 'empty' && !this.run.isActive) this.patches.warm()
    this.changed()
  }

  private step: Step | null = null
  private batchesSeen = 0

  /** A step that begins or ends changes the rail; batches that are finished change what there is to see. */
  runChanged(run: RunState): void {
    const step = run.step?.step ?? null
    if (step !== this.step) {
      this.step = step
      this.revision++
      this.surveys.soon()
    }
    const samples = run.funnel.train.samples + run.funnel.test.samples
    if (samples !== this.batchesSeen) {
      this.batchesSeen = samples
      this.revision++
      this.surveys.soon(BATCHES_DELAY_MS)
    }
  }

  async runEnded(): Promise<void> {
    await this.surveyAnew()
    this.runEnds.send(null)
  }

  /** After results on disk have changed. */
  private async surveyAnew(): Promise<void> {
    this.revision++
    await this.survey()
  }

  /**
   * Begins a run up to a step.
   * @throws StudioError `project-busy`; `usage` where nothing can be run
   */
  start(until: Step, restartFrom: Step | null): void {
    const { paths, project } = this
    this.run.start({ paths, project, previous: null, until, restartFrom })
  }

  /** As start, where no task on a cluster waits or runs. @throws StudioError `cluster-busy`, `cluster-unavailable` */
  async startAlone(until: Step, restartFrom: Step | null): Promise<void> {
    const warning = await refuseRunBeside(this.folder, 'Wait for them, or cancel them in the Generate step.')
    this.start(until, restartFrom)
    if (warning !== null) this.run.log.add({ level: 'warning', message: warning, step: null, error: null })
  }

  get batchSize(): number {
    return this.project.settings.batchSize
  }

  /** The command line that does what the window would do. */
  commandLine(until: Step | 'submit'): string {
    return commandLine(this.folder, this.project, until)
  }

  /** How a table is spread; null where it is not there. */
  async distribution({
    split,
    table,
  }: {
    split: Split
    table: 'combined' | 'subset'
  }): Promise<TableDistribution | null> {
    await mkdir(this.paths.windowTemporary, { recursive: true })
    const path = table === 'combined' ? this.paths.combined(split) : this.paths.subset(split)
    return this.explorer.distribution(this.project, path)
  }

  /** Lines of `rejections.csv` as far as batches are finished, also while a run goes on; some at a time. */
  async *rejections(): AsyncGenerator<string[], void, void> {
    if (this.current === null) await this.survey()
    if (this.current !== null) yield* rejectedFootprints(this.paths, this.project, this.current)
  }

  async inspect(): Promise<GranuleInspection> {
    return inspectGranules(this.paths, this.project, this.run.state.skipped)
  }

  async preflight(): Promise<PreflightItem[]> {
    if (this.current === null) await this.survey()
    return this.current === null ? [] : preflight(this.paths, this.project, this.current)
  }

  /** Counts under settings that need not be the project's. */
  async filter(settings: Settings): Promise<FilterCounts> {
    const area = await readArea(settings.area, this.paths)
    if (area !== null) await keepArea(area, this.paths)
    return this.explorer.filter(settings, area === null ? null : this.paths.area)
  }

  async scenes(): Promise<SceneOutline[]> {
    const plans = SPLITS.map((split) => this.paths.plan(split))
    const limits = { memoryMb: 256, tempDirectory: this.paths.windowTemporary }
    await mkdir(this.paths.windowTemporary, { recursive: true })
    const signal = new AbortController().signal
    return this.aside.run(
      'scene-outlines',
      { scenes: this.paths.catalog.scenes, plans, ...limits },
      { signal },
    )
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.surveys.close()
    this.cluster.close()
    this.explorer.close()
    this.patches.close()
    this.aside.close()
    await this.open.saved()
    await this.review.saved().catch(() => undefined)
  }
}

const EMPTY_STAGE: StageState = {
  state: 'empty',
  result: null,
  staleBecause: null,
  restartFrom: null,
  error: null,
}
const EMPTY_STAGES: Record<Stage, StageState> = {
  sources: EMPTY_STAGE,
  filter: EMPTY_STAGE,
  subset: EMPTY_STAGE,
  generate: EMPTY_STAGE,
  review: EMPTY_STAGE,
  fuse: EMPTY_STAGE,
}

/** A project that was just begun: that there is nothing to look at is no error. */
function hasNoSources({ sources }: Project): boolean {
  return JSON.stringify(sources) === JSON.stringify(NO_SOURCES)
}
