/** Below so many bytes a loop is faster than making a view to copy with. */
const SHORT = 40

/** Copies `count` pieces of `bytes` bytes each; pieces begin `stride` bytes apart, in the source and in the target. */
export function copyStrided(
  source: { from: Uint8Array; at: number; stride: number },
  target: { to: Uint8Array; at: number; stride: number },
  bytes: number,
  count: number,
): void {
  const { from } = source
  const { to } = target
  let read = source.at
  let write = target.at
  for (let i = 0; i < count; i++) {
    if (bytes < SHORT) for (let b = 0; b < bytes; b++) to[write + b] = from[read + b]
    else to.set(from.subarray(read, read + bytes), write)
    read += source.stride
    write += target.stride
  }
}
