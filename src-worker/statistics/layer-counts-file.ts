import { readFile } from 'node:fs/promises'
import { deflateSync, inflateSync } from 'node:zlib'
import { writeDurably } from '../files/durable-file'
import type { ValueCounts } from '../hdf5/value-counts'
import { LayerCounts } from './layer-counts'

/** Changes when the layout does; files of another version are counted anew from their batch. */
const VERSION = 2
const FIELDS = ['count', 'mean', 'squares', 'minimum', 'maximum'] as const

/** The file with the counts of a batch, beside its record. */
export function layerCountsPath(record: string): string {
  return record.replace(/\.json$/, '.counts')
}

/** Writes the counts of a batch: about 60 kB for 1000 samples. @throws StudioError `disk-full`, `output-unwritable` */
export function saveLayerCounts(path: string, counts: LayerCounts): Promise<void> {
  return writeDurably(path, encodeLayerCounts(counts))
}

/** Reads the counts of a batch; null where they are missing, damaged, or of another number of samples. */
export async function loadLayerCounts(path: string, samples: number): Promise<LayerCounts | null> {
  try {
    const counts = decodeLayerCounts(await readFile(path))
    return counts.samples === samples ? counts : null
  } catch {
    return null
  }
}

/**
 * Counts as bytes, in zlib's format, whose checksum tells damage: version, number of samples, the moments as float64,
 * biomass as float32, then for each layer of integers its values as gaps from the one before with their counts, ended
 * by a gap of 0; all integers in base 128, least first.
 */
export function encodeLayerCounts(counts: LayerCounts): Buffer {
  const numbers = [counts.altitude, counts.slope].flatMap(({ moments }) =>
    FIELDS.map((field) => moments.state[field]),
  )
  const integers: number[] = []
  for (const layer of layersOf(counts)) {
    let before = -1
    for (const { value, times } of layer.occurring()) {
      pushInteger(integers, value - before)
      pushInteger(integers, times)
      before = value
    }
    integers.push(0)
  }
  return deflateSync(
    Buffer.concat([
      bytesOf(Uint32Array.of(VERSION, counts.samples)),
      bytesOf(Float64Array.from(numbers)),
      bytesOf(counts.agbd),
      Uint8Array.from(integers),
    ]),
    { level: 1 },
  )
}

/** @throws Error where the bytes are not those of `encodeLayerCounts` */
export function decodeLayerCounts(stored: Uint8Array): LayerCounts {
  const bytes = inflateSync(stored)
  if (bytes.readUInt32LE(0) !== VERSION) throw new RangeError('another version')
  const samples = bytes.readUInt32LE(4)
  if (samples > bytes.length / 4) throw new RangeError('too many samples')
  const counts = new LayerCounts()
  let at = 8
  for (const { moments } of [counts.altitude, counts.slope]) {
    const [count, mean, squares, minimum, maximum] = FIELDS.map((_, field) =>
      bytes.readDoubleLE(at + 8 * field),
    )
    at += 8 * FIELDS.length
    moments.joinState({ count, mean, squares, minimum, maximum })
  }
  counts.addAgbd(Array.from({ length: samples }, (_, i) => bytes.readFloatLE(at + 4 * i)))
  at += 4 * samples
  const next = (): number => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = bytes.readUInt8(at++)
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
  for (const layer of layersOf(counts)) {
    for (let value = -1, gap = next(); gap > 0; gap = next()) layer.addTimes((value += gap), next())
  }
  return counts
}

function layersOf({ bands, landcover, altitude, slope }: LayerCounts): ValueCounts[] {
  return [...bands, landcover, altitude.counts, slope.counts]
}

function pushInteger(into: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    into.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  into.push(rest)
}

function bytesOf(array: Uint32Array | Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
