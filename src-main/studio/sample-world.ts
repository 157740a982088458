import { cp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Describes the world; another version of it has another description. */
const DESCRIPTION = 'world.json'

/**
 * The folder of the sample world that a project may name for good. That is the bundled one, but where the program lies
 * somewhere else each time it is started, as an AppImage does: there it is copied once to where the person's data are.
 */
export async function lastingSampleWorld(
  bundled: string,
  dataFolder: string,
  moves: boolean,
): Promise<string> {
  if (!moves) return bundled
  const copied = join(dataFolder, 'sample-world')
  if (await isSame(join(bundled, DESCRIPTION), join(copied, DESCRIPTION))) return copied
  const part = `${copied}.part`
  for (const old of [part, copied]) await rm(old, { recursive: true, force: true })
  await cp(bundled, part, { recursive: true })
  await rename(part, copied)
  return copied
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => readFile(path).catch(() => null)))
  return a !== null && b !== null && a.equals(b)
}
