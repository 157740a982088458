import type { RunState } from '../../src-shared/api/run-state'
import { cancelledError, StudioError } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import type { ProjectPaths } from '../project/project-paths'
import type { Broadcast } from './broadcast'
import type { ClusterHost } from './cluster-control'
import type { RunControl } from './run-control'

/** The parts of an open project that its tasks on a cluster touch. */
interface Session {
  readonly paths: ProjectPaths
  readonly project: Project
  /** The run state that the project's files tell. */
  readonly runBefore: RunState
  readonly isClosed: boolean
  start(until: Step, restartFrom: Step | null): void
}

/**
 * What the control of tasks on a cluster needs of an open project.
 * @param runEnds told after every run, when its results were looked at
 * @param survey looks at the results on disk, which have changed
 */
export function clusterHost(
  session: Session,
  run: RunControl,
  runEnds: Broadcast<null>,
  survey: () => Promise<void>,
): ClusterHost {
  /** Shows what the files tell instead of the last run of this process, which knows only what it did itself. */
  const showFiles = (): void => {
    // What is looked at takes a moment, after which another project may be open.
    if (session.isClosed) return
    const { skipped, skippedTotal } = run.state
    run.show({ ...session.runBefore, skipped, skippedTotal })
  }
  return {
    paths: session.paths,
    project: () => session.project,
    plan: async (restartFrom) => {
      session.start('plan', restartFrom)
      await new Promise<void>((done) => {
        const end = runEnds.listen(() => {
          end()
          done()
        })
      })
      const { error, status } = run.state
      if (error !== null) throw StudioError.fromJSON(error)
      if (status === 'cancelled') throw cancelledError()
      showFiles()
    },
    moved: async () => {
      await survey()
      showFiles()
    },
    log: (message) => {
      run.log.add({ level: 'info', message, step: null, error: null })
    },
  }
}
