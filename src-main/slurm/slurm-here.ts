import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Whether this machine has the commands that jobs are submitted and followed with. */
export async function slurmIsHere(): Promise<boolean> {
  return (await isOnPath('sbatch')) && (await isOnPath('squeue'))
}

async function isOnPath(command: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await canRun(join(folder, command)))) return true
  }
  return false
}

function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
