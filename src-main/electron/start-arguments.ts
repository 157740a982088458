import { resolve } from 'node:path'

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
  return folder === undefined || folder === '' ? null : resolve(workingFolder, folder)
}
