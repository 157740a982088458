import { z } from 'zod'

/** What tells one state of a file on a server from another. */
export interface FileVersion {
  /** Its ETag without the mark of weak ones, or its Last-Modified where it has none; null where it has neither. */
  tag: string | null
  /** Length in bytes. */
  total: number
}

export const fileVersionSchema = z.object({ tag: z.string().nullable(), total: z.int().nonnegative() })

/** The beginning of a file. */
export interface HeaderPage {
  version: FileVersion
  bytes: Uint8Array
}

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.tag === b.tag && a.total === b.total
}
