import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROJECT_FILE } from '../project/project-paths'

/** Switches of Electron itself that the next word belongs to. */
const REQUIRE = ['-r', '--require']

/**
 * The project folder that the program was started with, as an absolute path; null where none was named.
 * @param words the program's words, its own name first
 * @param isPackaged whether the first word is the program itself, rather than Electron that was told where it lies
 */
export function projectArgument(
  words: readonly string[],
  isPackaged: boolean,
  workingFolder: string,
): string | null {
  const plain = words
    .slice(1)
    .filter((word, i, all) => !word.startsWith('-') && !REQUIRE.includes(all[i - 1]))
  const folder = plain.at(isPackaged ? 0 : 1)
  return folder === undefined || folder === ''
    ? null
    : projectFolder(resolve(workingFolder, localPath(folder)))
}

/**
 * The project folder that a person means who opens a path: the folder itself, or the project's file in it.
 * @param path an absolute path
 */
export function projectFolder(path: string): string {
  return basename(path) === PROJECT_FILE ? dirname(path) : path
}

/** File managers of Linux hand over addresses of files where they might hand over others too. */
function localPath(word: string): string {
  if (!word.startsWith('file://')) return word
  try {
    return fileURLToPath(word)
  } catch {
    return word
  }
}
