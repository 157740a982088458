import { z } from 'zod'
import type { BandName } from '../dataset/bands'
import { ALTITUDE_RAMP, NDVI_RAMP, SLOPE_RAMP, VIRIDIS, type Ramp } from './ramps'
import { SCL_COLOURS, WORLDCOVER_COLOURS, type ClassColours } from './class-colours'

/** Lowest and highest value of a scale. */
export interface ValueRange {
  low: number
  high: number
}

/** Three bands as red, green and blue. */
export interface CompositePreset {
  kind: 'composite'
  label: string
  bands: readonly [BandName, BandName, BandName]
  /** Reflectance that is black and white under the stretch `fixed`. */
  fixed: ValueRange
  stretches: true
}

/** One quantity along a colour ramp. */
export interface RampPreset {
  kind: 'ramp'
  label: string
  layer: 'ndvi' | 'altitude' | 'slope' | 'biomass'
  ramp: Ramp
  /** Values at the ends of the ramp under the stretch `fixed`; of the slope in percent. */
  fixed: ValueRange
  unit: string
  /** Whether the stretch matters; without, the range `fixed` always holds. */
  stretches: boolean
  /** Whether the relief is shaded, lit from the north-west. */
  shaded: boolean
}

/** Classes in their official colours. */
export interface ClassPreset {
  kind: 'classes'
  label: string
  layer: 'scl' | 'landCover'
  colours: ClassColours
  stretches: false
}

export type PresetDefinition = CompositePreset | RampPreset | ClassPreset

/** The ways to look at a patch, in the order of the keys 1 to 9. Legends are drawn from the same table. */
export const PRESETS = {
  'true-colour': {
    kind: 'composite',
    label: 'True colour',
    bands: ['B04', 'B03', 'B02'],
    fixed: { low: 0, high: 0.3 },
    stretches: true,
  },
  infrared: {
    kind: 'composite',
    label: 'False colour infrared',
    bands: ['B08', 'B04', 'B03'],
    fixed: { low: 0, high: 0.5 },
    stretches: true,
  },
  swir: {
    kind: 'composite',
    label: 'Short-wave infrared',
    bands: ['B12', 'B8A', 'B04'],
    fixed: { low: 0, high: 0.5 },
    stretches: true,
  },
  ndvi: {
    kind: 'ramp',
    label: 'NDVI',
    layer: 'ndvi',
    ramp: NDVI_RAMP,
    fixed: { low: -0.1, high: 0.9 },
    unit: '',
    stretches: true,
    shaded: false,
  },
  scl: {
    kind: 'classes',
    label: 'Scene classification',
    layer: 'scl',
    colours: SCL_COLOURS,
    stretches: false,
  },
  'land-cover': {
    kind: 'classes',
    label: 'Land cover',
    layer: 'landCover',
    colours: WORLDCOVER_COLOURS,
    stretches: false,
  },
  altitude: {
    kind: 'ramp',
    label: 'Altitude',
    layer: 'altitude',
    ramp: ALTITUDE_RAMP,
    fixed: { low: 0, high: 3000 },
    unit: 'm',
    stretches: true,
    shaded: true,
  },
  slope: {
    kind: 'ramp',
    label: 'Slope',
    layer: 'slope',
    ramp: SLOPE_RAMP,
    fixed: { low: 0, high: 30 },
    unit: '%',
    stretches: true,
    shaded: false,
  },
  biomass: {
    kind: 'ramp',
    label: 'Biomass density',
    layer: 'biomass',
    ramp: VIRIDIS,
    fixed: { low: 0, high: 500 },
    unit: 'Mg/ha',
    stretches: false,
    shaded: false,
  },
} as const satisfies Record<string, PresetDefinition>

export type Preset = keyof typeof PRESETS
export const presetSchema = z.enum(Object.keys(PRESETS) as [Preset, ...Preset[]])

/** How values become colours where a preset stretches. */
export const STRETCHES = {
  fixed: { label: 'Fixed', help: 'The same range for all patches, so that they can be compared.' },
  patch: { label: 'Per patch', help: 'From the 2nd to the 98th percentile of each patch.' },
} as const

export type Stretch = keyof typeof STRETCHES
export const stretchSchema = z.enum(Object.keys(STRETCHES) as [Stretch, ...Stretch[]])
