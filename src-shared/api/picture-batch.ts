import { z } from 'zod'
import { SPLITS } from '../footprint/footprint'
import { presetSchema, stretchSchema, type Preset, type Stretch } from '../patches/presets'
import { sampleFileSchema, type SampleRef } from './run-state'

/** Pictures that one request asks for at most; its address stays far below what servers take. */
export const MOST_PICTURES = 100

const whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const sampleName = z
  .string()
  .transform((name) => name.split('~'))
  .pipe(
    z.union([
      z
        .tuple([z.enum(SPLITS), whole, whole])
        .transform(([split, batch, row]): SampleRef => ({ split, batch, row })),
      z
        .tuple([sampleFileSchema, whole])
        .transform(([file, row]): SampleRef => ({ split: 'train', batch: 0, row, file })),
    ]),
  )

/** The parts of an address of pictures after their kind. */
export const pictureBatchSchema = z.tuple([
  presetSchema,
  stretchSchema,
  z
    .string()
    .transform((names) => names.split(','))
    .pipe(z.array(sampleName).max(MOST_PICTURES)),
])

/** Thumbnails of several samples at once, see picturesOf. Relative to the page. */
export function pictureBatchAddress(samples: readonly SampleRef[], preset: Preset, stretch: Stretch): string {
  const names = samples.map(({ split, batch, row, file }) =>
    [...(file === undefined ? [split, batch] : [file]), row].join('~'),
  )
  return `data/pictures/${preset}/${stretch}/${names.join(',')}`
}

/**
 * The pictures of an answer, as data addresses in the order of the request; null for those that cannot be drawn.
 * @param answer PNG files in base64, a line each, empty where there is none: a page decodes a text faster than it makes
 *   one from bytes
 */
export function picturesOf(answer: string): (string | null)[] {
  return answer.split('\n').map((base64) => (base64 === '' ? null : `data:image/png;base64,${base64}`))
}
