import { fileURLToPath } from 'node:url'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Settings } from '../../src-shared/settings/settings'
import { COMMAND_LINE } from '../software'
import { word } from './job-script'

/**
 * How tasks call the program, as words of shell: as the settings say, else this very program.
 * @throws StudioError `usage` in the desktop window, whose own program is no command line
 */
export function taskProgram({ slurmProgram }: Settings): string {
  if (slurmProgram !== null) return slurmProgram
  if (!('electron' in process.versions))
    return `${word(process.execPath)} ${word(fileURLToPath(COMMAND_LINE))}`
  throw new StudioError('usage', 'Tasks cannot be cut by the program of this window.', {
    hint: 'Submit with the command line, gedi-dataset slurm submit, or say with its --slurm-program once where it is.',
  })
}
