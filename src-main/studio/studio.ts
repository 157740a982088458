import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { StudioState } from '../../src-shared/api/studio-state'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { MarkChangeLabels } from '../../src-shared/review/marks'
import { resolveSettings } from '../../src-shared/settings/parse'
import { respondToData } from '../api/data-responses'
import { studioRouter } from '../api/router'
import { loadProject, newProject, saveProject } from '../project/project-file'
import { projectPaths } from '../project/project-paths'
import { SOFTWARE } from '../software'
import type { SpawnWorker } from '../workers/worker-port'
import { Broadcast } from './broadcast'
import type { Face } from './face'
import { FileSession } from './file-session'
import type { PatchFiles } from './patch-files'
import { ProjectSession } from './project-session'
import { RecentProjects } from './recent-projects'
import { openProjectFile } from './recover-project'
import { RunControl } from './run-control'
import { lastingSampleWorld } from './sample-world'

export interface StudioOptions {
  face: Face
  spawn: SpawnWorker
  /** Folder for what belongs to the person: recent projects, the sample project. */
  dataFolder: string
  /** Folder of the bundled sample world. */
  sampleFolder: string
  /** Whether that is another one each time the program is started. */
  sampleMoves?: boolean
}

/** Footprints of a batch of the sample project: few, so that the first patches are there at once. */
const SAMPLE_BATCH = 25

/**
 * What the window shows and does, whatever kind of window: the open project, its run, the recent projects. Windows
 * come and go, several may look at the same time; nothing here depends on one.
 */
export class Studio {
  readonly run: RunControl
  /** The procedures of the contract. */
  readonly router: ReturnType<typeof studioRouter>
  readonly changes = new Broadcast<StudioState>()
  /** What undo and redo of the open project's marks would do, whenever that changes; null without a project. */
  readonly markLabels = new Broadcast<MarkChangeLabels | null>()
  private session: ProjectSession | null = null
  /** The file that is looked at alone; only while no project is open. */
  private alone: FileSession | null = null
  private readonly recent: RecentProjects
  private readonly ready: Promise<void>
  private publishing: Promise<void> | null = null
  private publishAgain = false

  constructor(private readonly options: StudioOptions) {
    this.recent = new RecentProjects(options.dataFolder)
    this.run = new RunControl(options.spawn, () => void this.session?.runEnded())
    this.run.changes.listen((state) => this.session?.runChanged(state))
    this.ready = this.load()
    this.router = studioRouter(this)
  }

  get face(): Face {
    return this.options.face
  }

  /** The open project. @throws StudioError `not-ready` where there is none */
  get project(): ProjectSession {
    if (this.session !== null) return this.session
    throw new StudioError('not-ready', 'No project is open.', { hint: 'Open a project first.' })
  }

  /** The samples that can be looked at: of the open project, or of the file that is open alone. @throws as `project` */
  get patches(): PatchFiles {
    return this.alone?.patches ?? this.project.patches
  }

  /** The present state, then every change. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<StudioState, void, void> {
    await this.ready
    // Gathered anew: folders of recent projects may have come or gone meanwhile.
    yield* this.changes.stream(signal, [await this.state()])
  }

  /** Begins a project in a new or empty folder, and opens it. */
  async createProject(folder: string, name?: string): Promise<void> {
    this.face.grants.check(folder)
    const paths = projectPaths(resolve(folder))
    const there = await loadProject(paths)
    if (there !== null) {
      throw new StudioError('project-foreign', 'The folder holds a project already.', {
        file: folder,
        hint: 'Open it, or choose another folder.',
      })
    }
    const project = newProject(paths)
    await saveProject(
      paths,
      name === undefined || name.trim() === '' ? project : { ...project, name: name.trim() },
    )
    await this.openProject(folder)
  }

  /** Opens a project in place of the open one. @throws StudioError as openProjectFile; `project-busy` during a run */
  async openProject(folder: string): Promise<void> {
    const path = resolve(folder)
    if (!this.recent.folders.includes(path)) this.face.grants.check(path)
    if (this.session?.folder === path) return
    this.refuseDuringRun()
    const paths = projectPaths(path)
    const opened = await openProjectFile(paths)
    await this.closeProject()
    this.face.grants.grant(path)
    const session = new ProjectSession(paths, opened, this.options.spawn, this.run, () => this.publish())
    this.session = session
    session.review.followLabels((labels) => {
      if (this.session === session) this.markLabels.send(labels)
    })
    const { sources } = opened.project
    for (const known of [...sources.inputs, sources.source, sources.demSource, sources.landcoverSource])
      if (known !== null) this.face.grants.grant(known)
    await session.survey()
    // Not before there is something to show in its place.
    this.dropFile()
    this.run.reset(session.runBefore)
    await this.noteRecent()
    this.publish()
  }

  /** Opens the sample project, made of the bundled world where it is not there, and begins its run. */
  async openSample(): Promise<void> {
    const folder = join(this.options.dataFolder, 'sample-project')
    this.face.grants.grant(folder)
    const paths = projectPaths(folder)
    await mkdir(folder, { recursive: true })
    const isThere = (await loadProject(paths).catch(() => null)) !== null
    if (!isThere) {
      this.refuseDuringRun()
      const { sampleFolder, sampleMoves, dataFolder } = this.options
      const world = await lastingSampleWorld(sampleFolder, dataFolder, sampleMoves ?? false)
      const project = newProject(paths)
      await saveProject(paths, {
        ...project,
        name: 'Sample',
        sources: { ...project.sources, inputs: [join(world, 'gedi')], source: world },
        settings: resolveSettings({ batchSize: SAMPLE_BATCH }, project.settings),
      })
    }
    await this.openProject(folder)
    const { state } = this.project.stages.generate
    if (this.run.isActive || state === 'done' || state === 'stale') return
    await this.project.startAlone('batch', null).catch((thrown: unknown) => {
      // Where tasks on a cluster cut it already, opening it is all there is to do.
      if (!(thrown instanceof StudioError && thrown.tag === 'cluster-busy')) throw thrown
    })
  }

  /**
   * Opens a file of samples that is looked at alone, in place of the one that is.
   * @throws StudioError `usage` while a project is open, whose Review step shows files too; as FileSession.open
   */
  async openFile(path: string): Promise<void> {
    this.face.grants.check(path)
    this.refuseInProject()
    const opened = await FileSession.open(path, this.options.spawn)
    try {
      this.refuseInProject()
    } catch (thrown) {
      opened.close()
      throw thrown
    }
    this.dropFile()
    this.alone = opened
    this.publish()
  }

  closeFile(): void {
    this.dropFile()
    this.publish()
  }

  /** @throws StudioError `project-busy` during a run */
  async closeProject(): Promise<void> {
    this.refuseDuringRun()
    const { session } = this
    if (session === null) return
    await this.noteRecent()
    this.session = null
    this.markLabels.send(null)
    await session.close()
    await rm(session.paths.windowTemporary, { recursive: true, force: true })
    this.publish()
  }

  async forgetRecent(folder: string): Promise<void> {
    await this.recent.forget(folder)
    this.publish()
  }

  /** Cancels the run, writes what is unwritten, and ends all processes. */
  async close(): Promise<void> {
    await this.run.cancel()
    await this.closeProject()
    this.dropFile()
  }

  /** Answers requests under `/data/`: map tiles, pictures, files to save. */
  respond(request: Request): Promise<Response> {
    return respondToData(this, request)
  }

  private async load(): Promise<void> {
    await mkdir(this.options.dataFolder, { recursive: true }).catch(() => undefined)
    await this.recent.load()
  }

  private dropFile(): void {
    this.alone?.close()
    this.alone = null
  }

  private refuseInProject(): void {
    if (this.session === null) return
    throw new StudioError('usage', 'A project is open.', {
      hint: 'Open the file in its Review step, or close the project first.',
    })
  }

  private refuseDuringRun(): void {
    if (!this.run.isActive) return
    throw new StudioError('project-busy', 'A run goes on in the open project.', {
      hint: 'Wait for it, or cancel it first.',
    })
  }

  private async noteRecent(): Promise<void> {
    const { session } = this
    if (session === null) return
    await this.recent.note({
      folder: session.folder,
      name: session.name,
      opened: new Date().toISOString(),
      summary: session.summary,
      bounds: session.bounds,
    })
  }

  /** Sends the state; where it changes while it is being gathered, once more afterwards. */
  private publish(): void {
    if (this.publishing !== null) {
      this.publishAgain = true
      return
    }
    this.publishing = this.state()
      .then((state) => this.changes.send(state))
      .finally(() => {
        this.publishing = null
        if (!this.publishAgain) return
        this.publishAgain = false
        this.publish()
      })
  }

  private async state(): Promise<StudioState> {
    const recent = await this.recent.list()
    return {
      software: SOFTWARE,
      face: this.face.name,
      recent,
      project: this.session?.state ?? null,
      file: this.session === null ? (this.alone?.file ?? null) : null,
    }
  }
}
