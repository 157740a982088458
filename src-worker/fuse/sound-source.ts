import { closeSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { CopyablePart } from './copyable-part'
import type { Gathered } from './gather-part'

/**
 * Tells a damaged part from a damaged result: makes the checksum of a sample's images once more, of the part that they were
 * copied from.
 * @param rank the sample, by its place in the result
 * @param blame the error for the part of that number
 * @throws what `blame` says, when the images are not in the part as their checksum says
 */
export function requireSoundSource(
  { layout, records, checksums }: Gathered,
  copyable: readonly CopyablePart[],
  rank: number,
  blame: (part: number) => Error,
): void {
  const { parts, places } = layout.read(records.get(rank, 1))
  const descriptor = openSync(copyable[parts[0]].copyFrom, 'r')
  try {
    let found = 0
    places.at.forEach((at, k) => {
      const stored = Buffer.alloc(places.bytes[k])
      readSync(descriptor, stored, 0, stored.length, at)
      found = crc32(stored, found)
    })
    if (found !== checksums.images[rank]) throw blame(parts[0])
  } finally {
    closeSync(descriptor)
  }
}
