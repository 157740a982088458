/**
 * How ranges of a file on a server are merged into requests: blocks that lie one behind the other, or nearly so, come
 * with one, as long as it stays small enough to be tried again without much loss.
 */
export const MERGING = { maxGap: 16 * 1024, maxLength: 8 * 1024 * 1024 } as const

/** The first request of a file asks for this many bytes, which hold the header of any usual COG. */
export const FIRST_PAGE_BYTES = 64 * 1024
