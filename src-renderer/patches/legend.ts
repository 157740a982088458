import type { BandName } from '../../src-shared/dataset/bands'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { bandValues, rampValues } from '../../src-shared/patches/patch-values'
import {
  PRESETS,
  type ClassPreset,
  type Preset,
  type PresetDefinition,
  type RampPreset,
  type Stretch,
  type ValueRange,
} from '../../src-shared/patches/presets'
import type { Ramp } from '../../src-shared/patches/ramps'
import { rampRange } from '../../src-shared/patches/render-patch'
import { className } from './class-names'

/** What the colours of a picture mean. */
export type Legend =
  | {
      kind: 'composite'
      /** Bands shown as red, green and blue. */
      bands: readonly BandName[]
      /** Reflectance that is black and white; null where each band has its own range. */
      range: ValueRange | null
    }
  | { kind: 'ramp'; ramp: Ramp; range: ValueRange; unit: string }
  | { kind: 'classes'; classes: LegendClass[] }

export interface LegendClass {
  name: string
  /** `#rrggbb`; null where the class has no colour. */
  colour: string | null
  /** Share of the window, 0 to 1. */
  share: number
}

/** The legend of a patch as `renderPatch` draws it. Of classes, those that are there, most frequent first. */
export function legendOf(patch: PatchDetail, preset: Preset, stretch: Stretch): Legend {
  const definition: PresetDefinition = PRESETS[preset]
  switch (definition.kind) {
    case 'composite':
      return {
        kind: 'composite',
        bands: definition.bands,
        range: stretch === 'fixed' ? definition.fixed : null,
      }
    case 'ramp':
      return {
        kind: 'ramp',
        ramp: definition.ramp,
        range: rampRange(patch, rampValues(patch, definition.layer), definition, stretch),
        unit: unitOf(patch, definition),
      }
    case 'classes':
      return { kind: 'classes', classes: classesOf(patch, definition) }
  }
}

/** The unit of slopes is a setting of the run that cut the patch. */
function unitOf({ slopeUnit }: PatchDetail, { layer, unit }: RampPreset): string {
  return layer === 'slope' ? slopeUnit : unit
}

function classesOf(patch: PatchDetail, { layer, colours }: ClassPreset): LegendClass[] {
  const values = Array.from(layer === 'scl' ? bandValues(patch, 'SCL') : patch.landCover)
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value, count]) => ({
      name: className(layer, value),
      colour: colours.get(value) ?? null,
      share: count / values.length,
    }))
}
