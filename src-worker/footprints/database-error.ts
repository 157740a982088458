import { cancelledError, StudioError } from '../../src-shared/errors/studio-error'
import type { ErrorTag } from '../../src-shared/errors/tags'

/** What each kind of DuckDB failure is for the person who meets it; the first pattern that matches decides. */
const KINDS: readonly { pattern: RegExp; tag: ErrorTag; hint: string }[] = [
  {
    pattern:
      /no space left on device|not enough space on the disk|disk quota exceeded|max_temp_directory_size/i,
    tag: 'disk-full',
    hint: 'Free space on the output disk and run again.',
  },
  {
    pattern: /permission denied|read-only file system|cannot open file .*(no such file|not a directory)/i,
    tag: 'output-unwritable',
    hint: 'Check that the folder exists and that you may write to it.',
  },
  {
    pattern: /out of memory error/i,
    tag: 'internal',
    hint: 'Allow more with the memory setting.',
  },
]

/**
 * The StudioError that a failure of DuckDB means: `cancelled` where the query was interrupted, `disk-full`,
 * `output-unwritable`, otherwise `internal`.
 * @param file the file that the query read or wrote
 */
export function databaseError(thrown: unknown, file?: string): StudioError {
  if (thrown instanceof StudioError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (message.startsWith('INTERRUPT Error')) return cancelledError()
  const kind = KINDS.find(({ pattern }) => pattern.test(message))
  return new StudioError(kind?.tag ?? 'internal', firstLine(message), {
    hint: kind?.hint ?? 'This is a fault of the program; please report it with the log.',
    cause: thrown,
    ...(file === undefined ? {} : { file }),
  })
}

/** DuckDB follows its message with the query and a list of options; neither helps a person. */
function firstLine(message: string): string {
  const end = message.indexOf('\n')
  return end < 0 ? message : message.slice(0, end)
}
