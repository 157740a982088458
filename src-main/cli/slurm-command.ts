import type { Command } from 'commander'
import { counted } from '../../src-shared/wording/counted'
import { cancelProject, refuseActive } from '../slurm/active-tasks'
import { clusterStatus, statusLines } from '../slurm/status'
import { describeJob } from '../slurm/jobs-file'
import { projectScripts, submitProject } from '../slurm/submit'
import { taskProgram } from '../slurm/task-program'
import { EXIT } from './exit-status'
import { openProject, runSteps, type CommandResult } from './project-command'
import type { Streams } from './reporter'
import { addSettingOptions } from './setting-options'
import { addProjectOptions, addSourceOptions, projectOptions } from './source-options'

type Run = (command: Command) => CommandResult

/** Planning for a cluster asks about its tasks itself, or not at all. */
const BESIDE = { besideJobs: true }

/** Adds the commands for clusters. @param start takes the result of the command that was chosen */
export function addSlurmCommands(
  program: Command,
  streams: Streams,
  signal: AbortSignal,
  start: (result: CommandResult) => void,
): void {
  const slurm = program.command('slurm').description('Cut the batches of a project on a Slurm cluster.')
  const add = (name: string, help: string, isWhole: boolean, run: Run): void => {
    const command = slurm.command(name).description(help)
    addProjectOptions(command, 'Project folder, on a file system that all nodes share.')
    if (isWhole) {
      addSourceOptions(command)
      addSettingOptions(command)
    }
    command.action(() => start(run(command)))
  }
  add(
    'submit',
    'Plan, then submit what is not done: an array of tasks and a fuse for each split.',
    true,
    async (command) => {
      // Before anything is changed under the feet of tasks that run.
      await refuseActive((await openProject(command)).paths.folder)
      const planned = await runSteps(command, 'plan', streams, signal, BESIDE)
      if (planned !== EXIT.done) return planned
      const { paths, project } = await openProject(command)
      const jobs = await submitProject(paths, project, taskProgram(project.settings))
      const lines = jobs.map(describeJob)
      print(
        command,
        streams,
        { kind: 'submitted', jobs },
        lines.length === 0 ? ['Nothing is left to do.'] : lines,
      )
      return EXIT.done
    },
  )
  add(
    'script',
    'Plan, then write the scripts into the project and print them, for sites that submit by hand.',
    true,
    async (command) => {
      const planned = await runSteps(command, 'plan', streams, signal, BESIDE)
      if (planned !== EXIT.done) return planned
      const { paths, project } = await openProject(command)
      const scripts = await projectScripts(paths, project, taskProgram(project.settings))
      const lines = [...scripts].flatMap(([name, text]) => [`# ${name}`, text])
      print(command, streams, { kind: 'scripts', scripts: Object.fromEntries(scripts) }, lines)
      return EXIT.done
    },
  )
  add('status', 'How far the project is, and what its tasks on the cluster do.', false, async (command) => {
    const { paths, project } = await openProject(command)
    const status = await clusterStatus(paths, project)
    print(command, streams, { kind: 'status', ...status }, statusLines(status))
    return EXIT.done
  })
  add('cancel', 'End the tasks of the project that wait or run.', false, async (command) => {
    const { paths } = await openProject(command)
    const { tasks, jobs } = await cancelProject(paths.folder)
    const words = `${counted(tasks, 'task')} of ${counted(jobs.length, 'job')} ended.`
    print(command, streams, { kind: 'cancelled', jobs }, [words])
    return EXIT.done
  })
}

function print(command: Command, streams: Streams, data: object, lines: readonly string[]): void {
  const json = projectOptions(command).json === true
  streams.out.write(`${json ? JSON.stringify(data) : lines.join('\n')}\n`)
}
