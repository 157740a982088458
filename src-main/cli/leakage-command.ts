import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import { loadProject } from '../project/project-file'
import { projectPaths } from '../project/project-paths'
import { findLeakage } from '../run/find-leakage'
import { EXIT } from './exit-status'
import { inWorker } from './file-commands'
import { leakageLines } from './leakage-lines'
import type { CommandResult } from './project-command'
import type { Streams } from './reporter'

/**
 * Prints how near the test patches of a project are to its train patches.
 * @throws StudioError `not-ready` where the project has neither datasets nor subset tables of both splits
 */
export async function runLeakage(
  folder: string,
  json: boolean,
  { out }: Streams,
  signal: AbortSignal,
): CommandResult {
  const paths = projectPaths(resolve(folder))
  // Loading makes the folder of a project that is to be.
  const project = existsSync(paths.project) ? await loadProject(paths) : null
  const found = project === null ? null : await findLeakage(paths, project.settings, paths.temporary)
  if (found === null) {
    throw new StudioError('not-ready', 'The project has neither datasets nor subset tables of both splits.', {
      file: paths.folder,
      hint: 'Run gedi-dataset subset or run on this folder first.',
    })
  }
  const leakage = found.kind === 'known' ? found.leakage : await inWorker('leakage', found.input, signal)
  out.write(json ? `${JSON.stringify(leakage)}\n` : `${leakageLines(leakage).join('\n')}\n`)
  return EXIT.done
}
