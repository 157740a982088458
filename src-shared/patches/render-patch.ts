import { PATCH_PIXELS } from '../dataset/bands'
import { classTable, rampTable } from './colour-table'
import { hillshade, LEVEL_LIGHT } from './hillshade'
import { bandValues, rampValues, REFLECTANCE_SCALE, type PatchLayers } from './patch-values'
import { patchRange } from './percentiles'
import {
  PRESETS,
  type ClassPreset,
  type CompositePreset,
  type Preset,
  type PresetDefinition,
  type RampPreset,
  type Stretch,
  type ValueRange,
} from './presets'

/** Brightens dark surfaces under the fixed stretch: forest reflects a few hundredths in the visible bands. */
const FIXED_GAMMA = 1.6
/** Brightness that a slope without any light keeps. */
const SHADOW = 0.25
const OPAQUE = 255

/**
 * Draws a sample as 32 x 32 pixels of red, green, blue and alpha, 0 to 255, row by row from the north-west corner.
 * Pixels without data are transparent: all three bands of a composite 0, classes without a colour, fill values.
 */
export function renderPatch(patch: PatchLayers, preset: Preset, stretch: Stretch): Uint8Array {
  const definition: PresetDefinition = PRESETS[preset]
  switch (definition.kind) {
    case 'composite':
      return renderComposite(patch, definition, stretch)
    case 'ramp':
      return renderRamp(patch, definition, stretch)
    case 'classes':
      return renderClasses(patch, definition)
  }
}

function renderComposite(patch: PatchLayers, preset: CompositePreset, stretch: Stretch): Uint8Array {
  const pixels = new Uint8Array(4 * PATCH_PIXELS)
  const bands = preset.bands.map((name) => bandValues(patch, name))
  for (const values of bands)
    for (let i = 0; i < PATCH_PIXELS; i++) if (values[i] > 0) pixels[4 * i + 3] = OPAQUE
  for (const [channel, values] of bands.entries())
    if (stretch === 'fixed') drawFixed(values, fixedTable(preset.fixed), pixels, channel)
    else drawStretched(values, pixels, channel)
  return pixels
}

/** Brightness of each DN, 0 to 255, of the ranges that were used: a power for each pixel takes longer than all else. */
const fixedTables = new Map<string, Uint8Array>()

function fixedTable(range: ValueRange): Uint8Array {
  const name = `${range.low} ${range.high}`
  const known = fixedTables.get(name)
  if (known !== undefined) return known
  const table = Uint8Array.from({ length: Math.ceil(range.high * REFLECTANCE_SCALE) + 1 }, (_, value) =>
    Math.round(255 * share(value / REFLECTANCE_SCALE, range) ** (1 / FIXED_GAMMA)),
  )
  fixedTables.set(name, table)
  return table
}

/** Draws a band by a table of brightness, whose last is that of all above too. */
function drawFixed(values: ArrayLike<number>, table: Uint8Array, pixels: Uint8Array, channel: number): void {
  const highest = table.length - 1
  for (let i = 0; i < PATCH_PIXELS; i++) {
    const value = values[i]
    if (pixels[4 * i + 3] === OPAQUE) pixels[4 * i + channel] = table[value < highest ? value : highest]
  }
}

/** Draws a band over its range in the pixels that have data. */
function drawStretched(values: ArrayLike<number>, pixels: Uint8Array, channel: number): void {
  const valid = Float32Array.from(values, (value, i) => (pixels[4 * i + 3] === OPAQUE ? value : NaN))
  const range = patchRange(valid) ?? { low: 0, high: 1 }
  for (let i = 0; i < PATCH_PIXELS; i++)
    if (pixels[4 * i + 3] === OPAQUE) pixels[4 * i + channel] = Math.round(255 * share(values[i], range))
}

function renderRamp(patch: PatchLayers, preset: RampPreset, stretch: Stretch): Uint8Array {
  const pixels = new Uint8Array(4 * PATCH_PIXELS)
  const values = rampValues(patch, preset.layer)
  const range = rampRange(patch, values, preset, stretch)
  const { colours, stepAt } = rampTable(preset.ramp)
  const light = preset.shaded ? hillshade(values) : null
  for (let i = 0; i < PATCH_PIXELS; i++) {
    if (Number.isNaN(values[i])) continue
    const step = 3 * stepAt(share(values[i], range))
    const brightness = light === null || Number.isNaN(light[i]) ? 1 : brightnessOf(light[i])
    for (let c = 0; c < 3; c++) pixels[4 * i + c] = Math.min(255, Math.round(colours[step + c] * brightness))
    pixels[4 * i + 3] = OPAQUE
  }
  return pixels
}

/**
 * The values at the ends of a preset's ramp for a patch, in the unit of its layer.
 * @param values the patch's `rampValues` of the preset
 */
export function rampRange(
  { slopeUnit }: Pick<PatchLayers, 'slopeUnit'>,
  values: Float32Array,
  preset: RampPreset,
  stretch: Stretch,
): ValueRange {
  const fixed = preset.layer === 'slope' ? slopeRange(preset.fixed, slopeUnit) : preset.fixed
  return preset.stretches && stretch === 'patch' ? (patchRange(values) ?? fixed) : fixed
}

/** Level ground keeps its colour; what faces the light is brighter, what is turned away darker. */
function brightnessOf(light: number): number {
  return SHADOW + ((1 - SHADOW) * light) / LEVEL_LIGHT
}

/** The range of slopes, given in percent, in the unit of the layer. */
function slopeRange({ low, high }: ValueRange, unit: PatchLayers['slopeUnit']): ValueRange {
  if (unit === '%') return { low, high }
  const degrees = (percent: number): number => (Math.atan(percent / 100) * 180) / Math.PI
  return { low: degrees(low), high: degrees(high) }
}

function renderClasses(patch: PatchLayers, preset: ClassPreset): Uint8Array {
  const pixels = new Uint8Array(4 * PATCH_PIXELS)
  const values = preset.layer === 'scl' ? bandValues(patch, 'SCL') : patch.landCover
  const table = classTable(preset.colours)
  for (let i = 0; i < PATCH_PIXELS; i++) {
    const colour = table.get(values[i])
    if (colour !== undefined) pixels.set([...colour, OPAQUE], 4 * i)
  }
  return pixels
}

/** How far along a range a value lies, 0 to 1; the middle where the range is empty. */
function share(value: number, { low, high }: ValueRange): number {
  if (!(high > low)) return 0.5
  return Math.min(Math.max((value - low) / (high - low), 0), 1)
}
