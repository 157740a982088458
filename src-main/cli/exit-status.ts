import type { StudioError } from '../../src-shared/errors/studio-error'

/** Exit statuses of the command line. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but some inputs or footprints were left out; the report names them. */
  leftOut: 3,
  cancelled: 130,
} as const

/** The status that an error ends the program with. */
export function exitStatusOf({ tag }: StudioError): number {
  if (tag === 'cancelled') return EXIT.cancelled
  return tag === 'usage' || tag === 'settings-invalid' ? EXIT.usage : EXIT.failed
}
