import { Option, type Command } from 'commander'
import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { resolveSettings } from '../../src-shared/settings/parse'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { counted } from '../../src-shared/wording/counted'
import { projectPaths } from '../project/project-paths'
import { creationTime } from '../run/creation-time'
import { SOFTWARE } from '../software'
import { forkWorkers } from '../workers/fork-worker'
import { WorkerPool } from '../workers/worker-pool'
import { EXIT } from './exit-status'
import type { CommandResult } from './project-command'
import { jsonReporter, terminalReporter, type Streams } from './reporter'
import { givenSettings } from './setting-options'
import { projectOptions } from './source-options'

/** What `--fuse-hdf5-datasets` asks for. */
interface FuseFolderOptions {
  folder: string
  /** Whether files that do not fit are left out. */
  leaveOut: boolean
}

const optionsSchema = z.object({
  fuseHdf5Datasets: z.string().optional(),
  leaveOutUnfit: z.boolean().optional(),
})

/** Adds the options that have HDF5 files of a folder fused, without a project. */
export function addFuseFolderOptions(command: Command): void {
  const add = (flags: string, help: string): Command =>
    command.addOption(new Option(flags, help).helpGroup('Fusing a folder:'))
  add(
    '--fuse-hdf5-datasets <dir>',
    'Only fuse the HDF5 files of a folder, or of its folders train and test, whoever wrote them, into --output.',
  )
  add('--leave-out-unfit', 'Leave out files that do not fit the others instead of stopping.')
}

/** The options of a command that fuses a folder; null for any other. */
export function fuseFolderOptions(command: Command): FuseFolderOptions | null {
  const { fuseHdf5Datasets: folder, leaveOutUnfit } = optionsSchema.parse(command.opts())
  return folder === undefined ? null : { folder: resolve(folder), leaveOut: leaveOutUnfit === true }
}

/**
 * Fuses the HDF5 files of a folder into `fused_dataset.h5` of the output folder; where the folder has folders `train` and
 * `test`, each of them into a file of its own, as a project has them.
 * @throws StudioError `usage` where the output folder is a project; as the job
 */
export async function runFuseFolder(
  command: Command,
  { folder, leaveOut }: FuseFolderOptions,
  streams: Streams,
  signal: AbortSignal,
): CommandResult {
  const { output, json } = projectOptions(command)
  const settings = resolveSettings(givenSettings(command), DEFAULT_SETTINGS)
  const paths = projectPaths(resolve(output))
  if (await exists(paths.project)) {
    throw new StudioError('usage', 'A project would lose its datasets.', {
      file: paths.folder,
      hint: 'Give --output another folder for the fused file.',
    })
  }
  await mkdir(paths.folder, { recursive: true })
  const reporter = json === true ? jsonReporter(streams) : terminalReporter(streams)
  const pool = new WorkerPool(forkWorkers(), 1)
  let skipped = 0
  try {
    for (const { from, to } of await filesToMake(folder, paths.folder)) {
      const input = { folder: from, output: to, settings, attributes: attributes(settings), leaveOut }
      const { samples, files } = await pool.run('fuse-folder', input, {
        signal,
        progress: (done, total) => reporter({ kind: 'progress', step: 'fuse', done, total, unit: 'samples' }),
        log: (level, message) => reporter({ kind: 'log', level, message }),
        skipped: (error) => {
          skipped += 1
          reporter({ kind: 'skipped', error: error.toJSON() })
        },
      })
      reporter.end()
      const what = `${to}: ${counted(samples, 'sample')} of ${counted(files, 'file')}`
      streams.out.write(
        `${json === true ? JSON.stringify({ kind: 'fused', file: to, samples, files }) : what}\n`,
      )
    }
  } finally {
    reporter.end()
    pool.close()
  }
  return skipped > 0 ? EXIT.leftOut : EXIT.done
}

async function filesToMake(folder: string, output: string): Promise<{ from: string; to: string }[]> {
  const paths = projectPaths(output)
  const splits = []
  for (const split of SPLITS) {
    if (await exists(join(folder, split)))
      splits.push({ from: join(folder, split), to: paths.dataset(split) })
  }
  return splits.length > 0 ? splits : [{ from: folder, to: join(output, 'fused_dataset.h5') }]
}

function attributes({ order, seed }: Settings): Record<string, string | number> {
  return { software: SOFTWARE, order, seed, created: creationTime() }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
