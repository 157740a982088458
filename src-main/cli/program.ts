import { Command, CommanderError } from 'commander'
import type { Step } from '../../src-shared/run/steps'
import { SOFTWARE_VERSION } from '../software'
import { runBatchRange } from './batch-command'
import { EXIT } from './exit-status'
import { runStatistics, runVerify } from './file-commands'
import { addFuseFolderOptions, fuseFolderOptions, runFuseFolder } from './fuse-folder-command'
import { runLeakage } from './leakage-command'
import { runSteps, type CommandResult } from './project-command'
import type { Streams } from './reporter'
import { sampleArguments } from './sample-command'
import { addServeOptions, runServe } from './serve-command'
import { addSettingOptions } from './setting-options'
import { addSlurmCommands } from './slurm-command'
import { addProjectOptions, addSourceOptions } from './source-options'
import { usageError } from './usage-error'

/** Commands that carry a project up to one step. */
const STEP_COMMANDS: readonly { name: string; until: Step; help: string }[] = [
  { name: 'run', until: 'fuse', help: 'Do everything: from granules and imagery to dataset files.' },
  {
    name: 'ingest',
    until: 'ingest',
    help: 'Only read the granules into the project: every shot, not filtered yet.',
  },
  {
    name: 'combine',
    until: 'combine',
    help: 'Up to the combined tables: filter, drop old versions, shuffle.',
  },
  { name: 'subset', until: 'subset', help: 'Up to the subset tables: even over the days of the year.' },
  {
    name: 'plan',
    until: 'plan',
    help: 'Up to the plan: a scene for every footprint, batches in cutting order.',
  },
  { name: 'fuse', until: 'fuse', help: 'Up to the dataset files, as run.' },
]

/**
 * The commands with their options, which is all that can be said to the program.
 * @param start takes the result of the command that was chosen
 */
export function commandLine(
  streams: Streams,
  signal: AbortSignal,
  start: (result: CommandResult) => void,
): Command {
  const program = new Command('gedi-dataset')
    .description('Makes training datasets of satellite patches and GEDI footprints.')
    .version(SOFTWARE_VERSION)
  for (const { name, until, help } of STEP_COMMANDS) {
    const command = program.command(name).description(help)
    addProjectOptions(command, 'Project folder: new, empty, or that of a run to go on with.')
    addSourceOptions(command)
    addSettingOptions(command)
    command.option('--beside-jobs', 'Run although tasks of the project wait or run on a cluster.')
    if (until === 'fuse') addFuseFolderOptions(command)
    if (name === 'fuse')
      command.option('--only-finished', 'Cut nothing: fuse the splits whose batches are all finished.')
    command.action(() => {
      const folder = fuseFolderOptions(command)
      start(
        folder === null
          ? runSteps(command, until, streams, signal)
          : runFuseFolder(command, folder, streams, signal),
      )
    })
  }
  const batch = program.command('batch').description('Cut some batches of a planned project.')
  batch.requiredOption('--index <range>', 'Batches to cut, counted over train and test: 3 or 0-9.')
  addProjectOptions(batch, 'Project folder, with its plan.')
  // Everything else stands in the project; batches that were cut with other settings would not belong to it.
  addSettingOptions(batch, ['workers', 'memory'])
  batch.action(({ index }: { index: string }) => {
    start(runBatchRange(batch, index, streams, signal))
  })
  program
    .command('verify <file>')
    .description('Check a dataset or batch file: structure, lengths, ranges, damage.')
    .option('--json', 'The result as JSON.')
    .action((file: string, { json }: { json?: boolean }) => {
      start(runVerify(file, json === true, streams, signal))
    })
  program
    .command('stats <file>')
    .description('Mean, standard deviation and percentiles of each band of a dataset file.')
    .option('--json', 'The result as JSON.')
    .action((file: string, { json }: { json?: boolean }) => {
      start(runStatistics(file, json === true, streams, signal))
    })
  program
    .command('leakage')
    .description('How near the test patches of a project are to its train patches.')
    .requiredOption('--output <dir>', 'Project folder, with its datasets or subset tables.')
    .option('--json', 'The result as JSON.')
    .action(({ output, json }: { output: string; json?: boolean }) => {
      start(runLeakage(output, json === true, streams, signal))
    })
  program
    .command('sample')
    .description('Run everything on the small world that comes with the program.')
    .option('--output <dir>', 'Project folder.', 'out/sample')
    .action(({ output }: { output: string }) => {
      start(runProgram(sampleArguments(output), streams, signal))
    })
  addSlurmCommands(program, streams, signal, start)
  const serve = program.command('serve').description('Serve the window to a browser, here or elsewhere.')
  addServeOptions(serve)
  serve.action((options: Parameters<typeof runServe>[0]) => {
    start(runServe(options, streams, signal))
  })
  const commands = program.commands.flatMap((command) => [command, ...command.commands])
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: () => undefined,
    })
  }
  return program
}

/**
 * Runs the command line.
 * @param args the words behind the program's name
 * @returns the exit status
 * @throws StudioError what went wrong
 */
export async function runProgram(
  args: readonly string[],
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  let result: CommandResult = Promise.resolve(EXIT.done)
  const program = commandLine(streams, signal, (started) => {
    result = started
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return EXIT.done
    if (error.code === 'commander.help') {
      streams.err.write(program.helpInformation())
      return EXIT.usage
    }
    const command = program.commands.find((known) => known.name() === args.at(0))
    throw usageError(error, ['gedi-dataset', ...(command === undefined ? [] : [command.name()])].join(' '))
  }
  return result
}
