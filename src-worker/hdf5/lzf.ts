/** A compressed chunk is damaged. */
export class LzfError extends Error {}

/** Copies of at most so many bytes stand for themselves; the longest back reference that fits one byte of control. */
const LITERALS = 32
const LONG_COPY = 7

/**
 * Undoes the LZF compression of Marc Lehmann's liblzf, which h5py offers as a filter (HDF5 filter 32000). A control
 * byte below 32 is followed by one literal byte more than it says; any other one is a copy of bytes that came before:
 * three bits of length and 13 of distance, with one byte more of length where the three bits are all set.
 * @param length bytes that come out, which must fit exactly
 * @throws LzfError
 */
export function decompressLzf(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length)
  let from = 0
  let to = 0
  while (from < input.length) {
    const control = input[from++]
    if (control < LITERALS) {
      const end = from + control + 1
      if (end > input.length || to + control + 1 > length) throw new LzfError('literals run beyond the end')
      output.set(input.subarray(from, end), to)
      to += end - from
      from = end
      continue
    }
    const short = control >> 5
    const extra = short === LONG_COPY ? input[from++] : 0
    const count = short + extra + 2
    const source = to - (((control & 31) << 8) | input[from++]) - 1
    if (from > input.length || source < 0 || to + count > length)
      throw new LzfError('a copy leaves the chunk')
    // Source and target may overlap: the bytes that are copied first are copied again.
    for (let i = 0; i < count; i++) output[to + i] = output[source + i]
    to += count
  }
  if (to !== length) throw new LzfError(`${to} of ${length} bytes came out`)
  return output
}
