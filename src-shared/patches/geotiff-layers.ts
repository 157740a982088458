import { z } from 'zod'

/** What can be saved of a patch as GeoTIFF, with what the window calls it; the keys end the names of the files. */
export const GEOTIFF_LAYERS = {
  bands: { label: 'Sentinel-2 bands', help: '12 bands, uint16' },
  terrain: { label: 'Altitude and slope', help: '2 bands, float32' },
  landcover: { label: 'Land cover', help: '1 band, uint8' },
  biomass: { label: 'Biomass density', help: '1 band, float32' },
  all: { label: 'All layers', help: '16 bands, float32' },
} as const satisfies Record<string, { label: string; help: string }>

export type GeotiffLayers = keyof typeof GEOTIFF_LAYERS
export const geotiffLayersSchema = z.enum(Object.keys(GEOTIFF_LAYERS) as [GeotiffLayers, ...GeotiffLayers[]])

/** One sample as a GeoTIFF file. */
export const patchGeotiffRequestSchema = z.object({
  file: z.string(),
  row: z.int().nonnegative(),
  layers: geotiffLayersSchema,
  /** Whether the file may lack datasets, as those of other programs do. */
  partly: z.boolean().optional(),
})
export type PatchGeotiffRequest = z.infer<typeof patchGeotiffRequestSchema>

export const patchGeotiffSchema = z.object({
  /** Name under which it is saved, `shot_83360500200123456_bands.tif`. */
  name: z.string(),
  bytes: z.instanceof(Uint8Array),
})
export type PatchGeotiff = z.infer<typeof patchGeotiffSchema>

/** Name under which a sample is saved. */
export function geotiffName(shotNumber: string, layers: GeotiffLayers): string {
  return `${patchFileStem(shotNumber)}_${layers}.tif`
}

/** Stem of the names of all that is saved of a patch. */
export function patchFileStem(shotNumber: string): string {
  return `shot_${shotNumber}`
}
