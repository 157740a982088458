import type { ClusterState } from '../../src-shared/api/cluster-state'
import { StudioError, toStudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import { counted } from '../../src-shared/wording/counted'
import type { ProjectPaths } from '../project/project-paths'
import { cancelProject, isActive, refuseActive } from '../slurm/active-tasks'
import { describeJob, readJobs, type SlurmJob } from '../slurm/jobs-file'
import { plannedProject, type PlannedProject } from '../slurm/planned-project'
import { taskStates, type TaskState } from '../slurm/slurm-commands'
import { slurmIsHere } from '../slurm/slurm-here'
import { isUnfinished, latestTasks } from '../slurm/status'
import { submitProject } from '../slurm/submit'
import { taskProgram } from '../slurm/task-program'
import { Broadcast } from './broadcast'
import { ClusterProgress } from './cluster-progress'

/** Milliseconds between two looks, however many windows follow: the controller of a cluster is everybody's. */
const LOOK_MS = 5000

/** What it needs of the project. */
export interface ClusterHost {
  readonly paths: ProjectPaths
  /** As it is now. */
  project(): Project
  /** Carries out the steps before cutting. @throws StudioError as a run that fails or is cancelled */
  plan(restartFrom: Step | null): Promise<void>
  /** Told when batches were finished or tasks began or ended, by others than this process. */
  moved(): Promise<void>
  log(message: string): void
}

/** The open project on a cluster: looks while somebody follows, submits, cancels; by the functions of the command line. */
export class ClusterControl {
  private readonly changes = new Broadcast<ClusterState>()
  private state: ClusterState = {
    looked: false,
    available: false,
    doing: null,
    tasks: [],
    progress: null,
    error: null,
  }
  private followers = 0
  private timer: NodeJS.Timeout | null = null
  private looking: Promise<void> | null = null
  private isClosed = false
  /** When the cluster was asked last; of performance.now(). */
  private asked = -Infinity
  private planned: PlannedProject | null = null
  /** What the cluster said last of each job. */
  private readonly known = new Map<number, TaskState[]>()
  private readonly progress = new ClusterProgress()
  private seen = ''

  constructor(private readonly host: ClusterHost) {}

  /** The present state, then every change. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<ClusterState, void, void> {
    this.followers++
    this.lookSoon(0)
    try {
      yield* this.changes.stream(signal, [this.state])
    } finally {
      this.followers--
      if (this.followers === 0) this.rest()
    }
  }

  /**
   * Plans and submits, as `slurm submit` does.
   * @returns how many jobs there are now; none where nothing is left to do
   * @throws StudioError as submitProject, as a run that plans; `usage` where tasks have no program
   */
  async submit(restartFrom: Step | null): Promise<{ jobs: number }> {
    return this.alone('submitting', async () => {
      const { host } = this
      const { folder } = host.paths
      const program = taskProgram(host.project().settings)
      this.asked = performance.now()
      await refuseActive(folder)
      await host.plan(restartFrom)
      const jobs = await submitProject(host.paths, host.project(), program)
      this.asked = performance.now()
      // Slurm has taken them; what has become of them since is told by the next look.
      for (const job of jobs) this.known.set(job.id, waiting(job))
      for (const job of jobs) host.log(`Submitted ${describeJob(job)}`)
      if (jobs.length === 0) host.log('Nothing is left to submit.')
      await this.tell(await readJobs(folder), null)
      return { jobs: jobs.length }
    })
  }

  /** Ends what waits or runs, and comes back when the cluster was asked what has become of it. */
  async cancel(): Promise<void> {
    await this.alone('cancelling', async () => {
      const { tasks, jobs } = await cancelProject(this.host.paths.folder)
      this.asked = performance.now()
      this.host.log(`${counted(tasks, 'task')} of ${counted(jobs.length, 'job')} ended on the cluster.`)
      await new Promise((done) => setTimeout(done, LOOK_MS))
      await this.look()
    })
  }

  close(): void {
    this.isClosed = true
    this.rest()
  }

  private async alone<T>(doing: 'submitting' | 'cancelling', work: () => Promise<T>): Promise<T> {
    if (this.state.doing !== null) {
      throw new StudioError('cluster-busy', `Tasks of the project are ${this.state.doing} already.`, {
        hint: 'Wait for it.',
      })
    }
    this.publish({ doing })
    try {
      await this.looking
      return await work()
    } finally {
      this.publish({ doing: null })
      this.lookSoon()
    }
  }

  private rest(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private lookSoon(delay = LOOK_MS): void {
    if (this.isClosed || this.followers === 0 || this.state.doing !== null) return
    this.rest()
    const wait = Math.max(delay, this.asked + LOOK_MS - performance.now())
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => {
        this.looking = null
        this.lookSoon()
      })
    }, wait)
  }

  /** Asks the cluster where a job is not known to be over, and looks at the files. Never throws. */
  private async look(): Promise<void> {
    let jobs: SlurmJob[] = []
    let error: SerializedError | null = null
    try {
      jobs = await readJobs(this.host.paths.folder)
      await this.askAbout(jobs)
    } catch (thrown) {
      error = toStudioError(thrown).toJSON()
    }
    await this.tell(jobs, error).catch((thrown: unknown) => {
      this.publish({ looked: true, error: toStudioError(thrown).toJSON() })
    })
  }

  private async askAbout(jobs: readonly SlurmJob[]): Promise<void> {
    const open = jobs.filter(({ id }) => this.known.get(id)?.some(isActive) !== false)
    if (open.length === 0) return
    this.asked = performance.now()
    const states = await taskStates(open.map(({ id }) => id))
    for (const { id } of open)
      this.known.set(
        id,
        states.filter(({ job }) => job === id),
      )
  }

  /** Tells what the files say and the cluster said last. */
  private async tell(jobs: readonly SlurmJob[], error: SerializedError | null): Promise<void> {
    const { paths } = this.host
    const available = await slurmIsHere()
    // Where nothing is planned there is nothing on a cluster either.
    this.planned = await plannedProject(paths, this.host.project(), this.planned?.records).catch(() => null)
    const { planned } = this
    if (this.isClosed) return
    const asked = jobs.filter(({ id }) => this.known.has(id))
    const notAsked = jobs.filter(({ id }) => !this.known.has(id))
    const states = asked.flatMap(({ id }) => this.known.get(id) ?? [])
    const tasks =
      planned === null
        ? []
        : [...latestTasks(planned, asked, states), ...latestTasks(planned, notAsked, null)].map((task) => ({
            ...task,
            active: isActive(task),
            unfinished: !isActive(task) && isUnfinished(task),
          }))
    const progress = planned === null ? null : this.progress.of(planned, tasks.some(isActive), Date.now())
    this.publish({ looked: true, available, tasks, progress, error })
    const seen = `${progress?.batches.done ?? 0} ${tasks.map(({ job, task, state }) => `${job}_${task ?? ''} ${state}`).join()}`
    // The first look tells what the project's own survey knows already.
    const moved = this.seen !== '' && this.seen !== seen
    this.seen = seen
    if (moved) await this.host.moved()
  }

  private publish(change: Partial<ClusterState>): void {
    const state = { ...this.state, ...change }
    if (JSON.stringify(state) === JSON.stringify(this.state)) return
    this.state = state
    this.changes.send(state)
  }
}

/** A job that was just submitted. */
function waiting(job: SlurmJob): TaskState[] {
  const tasks = job.kind === 'fuse' ? [null] : job.tasks.map(({ task }) => task)
  return tasks.map((task) => ({ job: job.id, task, state: 'PENDING', reason: '' }))
}
