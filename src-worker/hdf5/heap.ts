import type { Hdf5Module } from './library'

/**
 * Largest block that crosses the border to libhdf5 in one call, bytes. The WebAssembly heap ends at 2 GiB and never
 * shrinks, so larger reads and writes go in blocks of about this size.
 */
export const BLOCK_BYTES = 32 << 20

/** Largest single allocation that is tried, bytes; half of the heap. */
export const LARGEST_ALLOCATION = 1 << 30

/**
 * Lends memory of the WebAssembly heap to `use` and takes it back. The heap may move while libhdf5 works: take
 * `module.HEAPU8` anew after every call.
 * @throws RangeError when the heap is exhausted
 */
export function withHeap<T>(module: Hdf5Module, bytes: number, use: (pointer: number) => T): T {
  const pointer = bytes > LARGEST_ALLOCATION ? 0 : module._malloc(Math.max(bytes, 1))
  if (pointer === 0) throw new RangeError(`${bytes} bytes do not fit into the memory of the HDF5 library`)
  try {
    return use(pointer)
  } finally {
    module._free(pointer)
  }
}
