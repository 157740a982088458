import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGBD_NODATA, BAND_NAMES, BANDS, PATCH_PIXELS, type BandName } from '../dataset/bands'
import { SCL_CLASS_COUNT } from '../dataset/scl'
import { WORLDCOVER_LABELS } from '../dataset/worldcover'
import { SCL_COLOURS, WORLDCOVER_COLOURS } from './class-colours'
import type { PatchLayers } from './patch-values'
import { PRESETS, STRETCHES, type Preset, type Stretch } from './presets'
import { renderPatch } from './render-patch'

const ALL_PRESETS = Object.keys(PRESETS) as Preset[]
const ALL_STRETCHES = Object.keys(STRETCHES) as Stretch[]

/** A patch that is the same everywhere, with some layers of its own. */
function patchOf(
  bands: Partial<Record<BandName, ArrayLike<number> | number>>,
  layers: Partial<PatchLayers> = {},
): PatchLayers {
  const whole = (value: number): Float32Array => new Float32Array(PATCH_PIXELS).fill(value)
  return {
    bands: BAND_NAMES.map((name) => {
      const values = bands[name] ?? 1000
      return { values: typeof values === 'number' ? whole(values) : values }
    }),
    landCover: whole(10),
    altitude: whole(500),
    slope: whole(5),
    slopeUnit: '%',
    biomass: whole(AGBD_NODATA),
    ...layers,
  }
}

/** Values that differ from pixel to pixel. */
function pixels(value: (pixel: number) => number): Float32Array {
  return Float32Array.from({ length: PATCH_PIXELS }, (_, pixel) => value(pixel))
}

function at(picture: Uint8Array, pixel: number): number[] {
  return [...picture.subarray(4 * pixel, 4 * pixel + 4)]
}

function hex(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))
}

const TRANSPARENT = [0, 0, 0, 0]

describe('a composite', () => {
  it('shows red, green and blue in this order, black at 0 and white at the end of the range', () => {
    const picture = renderPatch(patchOf({ B04: 3000, B03: 750, B02: 0 }), 'true-colour', 'fixed')
    // A quarter of the range, to the power of 1 / 1.6.
    expect(at(picture, 0)).toEqual([255, Math.round(255 * 0.25 ** 0.625), 0, 255])
    expect(at(renderPatch(patchOf({ B04: 9000 }), 'true-colour', 'fixed'), 0)[0]).toBe(255)
  })

  it('takes the bands of its preset', () => {
    const values = { B12: 5000, B8A: 0, B04: 1250, B08: 5000, B03: 0 }
    expect(at(renderPatch(patchOf(values), 'swir', 'fixed'), 0)).toEqual([255, 0, 107, 255])
    expect(at(renderPatch(patchOf(values), 'infrared', 'fixed'), 0)).toEqual([255, 107, 0, 255])
  })

  it('runs from the 2nd to the 98th percentile of each band under the other stretch', () => {
    // Values rise evenly over the 1024 pixels, so that the percentiles lie at 2 % and 98 % of the way from 0 to 1023.
    const red = pixels((pixel) => 3000 + 2 * pixel)
    const picture = renderPatch(patchOf({ B04: red, B03: pixels((p) => 1 + p) }), 'true-colour', 'patch')
    for (const pixel of [0, 20, 21, 300, 512, 1002, 1003, 1023]) {
      const share = Math.min(Math.max((pixel - 20.46) / (1002.54 - 20.46), 0), 1)
      expect(Math.abs(at(picture, pixel)[0] - 255 * share)).toBeLessThanOrEqual(0.51)
    }
    expect(at(picture, 512)[1]).toBe(at(picture, 512)[0])
  })

  it('is transparent only where none of its bands has data, and leaves those pixels out of the percentiles', () => {
    const hole = pixels((pixel) => (pixel < 200 ? 0 : 1000 + pixel))
    const dark = patchOf({ B04: hole, B03: hole, B02: pixels((p) => (p < 100 ? 0 : 500 + p)) })
    const picture = renderPatch(dark, 'true-colour', 'patch')
    expect(at(picture, 99)).toEqual(TRANSPARENT)
    expect(at(picture, 100)).toEqual([0, 0, 0, 255])
    expect(at(picture, 612)[3]).toBe(255)
    const filled = renderPatch(patchOf({ B04: hole, B03: hole, B02: hole }), 'true-colour', 'patch')
    expect(at(filled, 199)).toEqual(TRANSPARENT)
    // The middle of 1200 … 2023.
    expect(Math.abs(at(filled, 611)[0] - 127.5)).toBeLessThan(1)
  })

  it('of one colour is grey under the stretch over the patch', () => {
    expect(at(renderPatch(patchOf({}), 'true-colour', 'patch'), 77)).toEqual([128, 128, 128, 255])
  })
})

describe('a ramp', () => {
  const [first, last] = [hex(PRESETS.ndvi.ramp[0]), hex(PRESETS.ndvi.ramp.at(-1) ?? '')]

  it('shows the NDVI', () => {
    const of = (B04: number, B08: number): number[] =>
      at(renderPatch(patchOf({ B04, B08 }), 'ndvi', 'fixed'), 5)
    expect(of(1000, 500)).toEqual([...first, 255])
    expect(of(50, 4000)).toEqual([...last, 255])
    // 0.4 is the middle of -0.1 to 0.9.
    const middle = hex(PRESETS.ndvi.ramp[3])
    const found = of(1500, 3500)
    for (const c of [0, 1, 2]) expect(Math.abs(found[c] - middle[c])).toBeLessThanOrEqual(2)
    expect(of(0, 0)).toEqual(TRANSPARENT)
  })

  it('takes the percentiles of the patch, and the fixed range where there are no values', () => {
    const infrared = pixels((pixel) => 1000 + pixel)
    const picture = renderPatch(patchOf({ B08: infrared }), 'ndvi', 'patch')
    expect(at(picture, 0)).toEqual([...first, 255])
    expect(at(picture, 1023)).toEqual([...last, 255])
    const empty = patchOf({}, { slope: new Array<number | null>(PATCH_PIXELS).fill(null) })
    expect(new Set(renderPatch(empty, 'slope', 'patch'))).toEqual(new Set([0]))
  })

  it('of the slope means the same in percent and in degrees', () => {
    const percent = patchOf({}, { slope: pixels((pixel) => pixel / 32) })
    const degrees = patchOf(
      {},
      { slope: pixels((pixel) => (Math.atan(pixel / 3200) * 180) / Math.PI), slopeUnit: '°' },
    )
    const ends = (patch: PatchLayers): number[][] =>
      [0, 960, 1023].map((pixel) => at(renderPatch(patch, 'slope', 'fixed'), pixel))
    expect(ends(degrees)).toEqual(ends(percent))
    expect(ends(percent)[1]).toEqual([...hex(PRESETS.slope.ramp.at(-1) ?? ''), 255])
  })

  it('of the biomass shows the footprint only, on the same scale under both stretches', () => {
    const biomass = pixels((pixel) => (pixel === 500 ? 0 : pixel === 501 ? 900 : AGBD_NODATA))
    for (const stretch of ALL_STRETCHES) {
      const picture = renderPatch(patchOf({}, { biomass }), 'biomass', stretch)
      expect(at(picture, 500)).toEqual([...hex('#440154'), 255])
      expect(at(picture, 501)).toEqual([...hex('#fde725'), 255])
      expect(at(picture, 502)).toEqual(TRANSPARENT)
    }
  })

  it('of the altitude is lit from the north-west', () => {
    const level = at(renderPatch(patchOf({}), 'altitude', 'fixed'), 500)
    const rising = (east: number, south: number): number[] => {
      const altitude = pixels((pixel) => 500 + 0.001 * pixel * east + Math.floor(pixel / 32) * south)
      return at(renderPatch(patchOf({}, { altitude }), 'altitude', 'fixed'), 16 * 32 + 1)
    }
    const sum = (colour: number[]): number => colour[0] + colour[1] + colour[2]
    expect(sum(rising(0, 5))).toBeGreaterThan(sum(level))
    expect(sum(rising(0, -5))).toBeLessThan(sum(level))
  })
})

describe('classes', () => {
  it('have their official colours', () => {
    const scl = pixels((pixel) => pixel % SCL_CLASS_COUNT)
    const picture = renderPatch(patchOf({ SCL: scl }), 'scl', 'fixed')
    for (let value = 0; value < SCL_CLASS_COUNT; value++) {
      expect(at(picture, value)).toEqual([...hex(SCL_COLOURS.get(value) ?? ''), 255])
    }
    expect(at(renderPatch(patchOf({}, { landCover: pixels(() => 95) }), 'land-cover', 'patch'), 3)).toEqual([
      0, 207, 117, 255,
    ])
  })

  it('that are not in the legend, and no data of the land cover, are transparent', () => {
    const odd = pixels((pixel) => [12, 0, 15, 10][pixel % 4])
    const scl = renderPatch(patchOf({ SCL: odd }), 'scl', 'fixed')
    const cover = renderPatch(patchOf({}, { landCover: odd }), 'land-cover', 'fixed')
    expect(at(scl, 0)).toEqual(TRANSPARENT)
    for (const pixel of [0, 1, 2]) expect(at(cover, pixel)).toEqual(TRANSPARENT)
    expect(at(cover, 3)).toEqual([0, 100, 0, 255])
  })

  it('all have a colour but the one of no data', () => {
    expect([...SCL_COLOURS.keys()]).toEqual(Array.from({ length: SCL_CLASS_COUNT }, (_, value) => value))
    expect([...WORLDCOVER_COLOURS.keys()]).toEqual(
      [...WORLDCOVER_LABELS.keys()].filter((value) => value !== 0),
    )
  })
})

describe('a picture', () => {
  it('has whole pixels whatever the values are: opaque or without any colour', () => {
    const number = fc.oneof(
      fc.constantFrom(0, -9999, NaN, Infinity, 65_535),
      fc.float({ min: -500, max: 9000 }),
    )
    const layer = fc.array(number, { minLength: PATCH_PIXELS, maxLength: PATCH_PIXELS })
    const dn = fc.array(fc.constantFrom(0, 1, 250, 4000, 65_535), {
      minLength: PATCH_PIXELS,
      maxLength: PATCH_PIXELS,
    })
    const preset = fc.constantFrom(...ALL_PRESETS)
    const stretch = fc.constantFrom(...ALL_STRETCHES)
    fc.assert(
      fc.property(preset, stretch, dn, layer, (chosen, stretched, numbers, values) => {
        const bands = BANDS.map((_, k) => ({ values: numbers.map((value) => (value * (k + 1)) % 65_536) }))
        const layers = { landCover: numbers, altitude: values, slope: values, biomass: values }
        const picture = renderPatch({ bands, slopeUnit: '%', ...layers }, chosen, stretched)
        expect(picture).toHaveLength(4 * PATCH_PIXELS)
        for (let pixel = 0; pixel < PATCH_PIXELS; pixel++) {
          const alpha = picture[4 * pixel + 3]
          if (alpha !== 255) expect(at(picture, pixel)).toEqual(TRANSPARENT)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is the same from null as from NaN', () => {
    const holes = pixels((pixel) => (pixel % 7 === 0 ? NaN : 400 + pixel))
    const nulls = Array.from(holes, (value) => (Number.isNaN(value) ? null : value))
    for (const preset of ['altitude', 'slope', 'biomass'] as const) {
      const draw = (layer: PatchLayers['slope']): Uint8Array =>
        renderPatch(patchOf({}, { altitude: layer, slope: layer, biomass: layer }), preset, 'patch')
      expect(draw(nulls)).toEqual(draw(holes))
      expect(at(draw(nulls), 7)).toEqual(TRANSPARENT)
      expect(at(draw(nulls), 8)[3]).toBe(255)
    }
  })
})
