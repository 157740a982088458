import type { Command } from 'commander'
import { appendFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { RunListener } from '../../src-shared/run/events'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import { resolveSettings } from '../../src-shared/settings/parse'
import { loadProject, newProject } from '../project/project-file'
import { projectPaths, type ProjectPaths } from '../project/project-paths'
import { leftSomethingOut } from '../run/make-report'
import { runProject } from '../run/run-project'
import { refuseRunBeside } from '../slurm/run-beside'
import { SOFTWARE_VERSION } from '../software'
import { forkWorkers } from '../workers/fork-worker'
import { EXIT } from './exit-status'
import { describeEvent } from '../run/describe-event'
import { jsonReporter, terminalReporter, type Streams } from './reporter'
import { givenSettings } from './setting-options'
import { projectOptions, restartStep, withGivenSources } from './source-options'
import { summarise } from './summary'

/** What a command gives back: its exit status. */
export type CommandResult = Promise<number>

/** A project as it is on disk, and with what the command line changes in it. */
export interface OpenedProject {
  paths: ProjectPaths
  previous: Project | null
  project: Project
  workers: number
}

/**
 * Opens the project of a command, or begins a new one, with the given sources and settings on top.
 * @throws StudioError `settings-invalid`, `usage`; as loadProject
 */
export async function openProject(command: Command): Promise<OpenedProject> {
  const options = projectOptions(command)
  const given = givenSettings(command)
  const paths = projectPaths(resolve(options.output))
  const previous = await loadProject(paths)
  const base = previous ?? newProject(paths)
  const settings = resolveSettings(given, base.settings)
  const project: Project = {
    ...base,
    softwareVersion: SOFTWARE_VERSION,
    settings,
    sources: withGivenSources(base.sources, options),
  }
  return { paths, previous, project, workers: settings.workers ?? availableParallelism() }
}

/**
 * Carries out the steps up to `until` and prints the summary.
 * @param besideJobs whether it may run while tasks of the project are on a cluster
 * @throws StudioError as runProject; `cluster-busy`
 */
export async function runSteps(
  command: Command,
  until: Step,
  streams: Streams,
  signal: AbortSignal,
  { besideJobs = false }: { besideJobs?: boolean } = {},
): CommandResult {
  const options = projectOptions(command)
  const opened = await openProject(command)
  // What fuses finished batches only is what jobs on the cluster do themselves.
  const isFree = besideJobs || options.besideJobs === true || options.onlyFinished === true
  const warning = isFree ? null : await refuseRunBeside(opened.paths.folder)
  const json = options.json === true
  const reporter = json ? jsonReporter(streams) : terminalReporter(streams)
  const emit: RunListener = (event) => {
    reporter(event)
    const text = describeEvent(event)
    if (text !== null) appendLog(opened.paths, text)
  }
  if (warning !== null) emit({ kind: 'log', level: 'warning', message: warning })
  try {
    const request = {
      ...opened,
      until,
      restartFrom: restartStep(options),
      cut: options.onlyFinished !== true,
    }
    const report = await runProject(request, { spawn: forkWorkers(), emit, signal })
    const end = json ? JSON.stringify({ kind: 'report', report }) : summarise(report, opened.paths.folder)
    reporter.end()
    streams.out.write(`${end}\n`)
    return leftSomethingOut(report) ? EXIT.leftOut : EXIT.done
  } finally {
    reporter.end()
  }
}

function appendLog({ log }: ProjectPaths, text: string): void {
  try {
    appendFileSync(log, `${new Date().toISOString()} ${text}\n`)
  } catch {
    // The log is a convenience; a disk that is full shows elsewhere, with what to do.
  }
}
