import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'

/** Rings of a polygon as [longitude, latitude], closed; the first is the outer one, the others are holes. */
export type AreaPolygon = [number, number][][]

const position = z
  .array(z.number())
  .min(2)
  .transform(([lon, lat]): [number, number] => [lon, lat])
  .refine(
    ([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90,
    'is no longitude and latitude in degrees',
  )
const ring = z.array(position).min(3).transform(closeRing)
const polygon = z.array(ring).min(1)

const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: polygon }).transform((g) => [g.coordinates]),
  z
    .object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) })
    .transform((g) => g.coordinates),
])
const geometries: z.ZodType<AreaPolygon[]> = z.lazy(() =>
  z.union([
    geometry,
    z
      .object({ type: z.literal('GeometryCollection'), geometries: z.array(geometries) })
      .transform((g) => g.geometries.flat()),
  ]),
)
const feature = z.object({ type: z.literal('Feature'), geometry: geometries }).transform((f) => f.geometry)
const document = z.union([
  geometries,
  feature,
  z
    .object({ type: z.literal('FeatureCollection'), features: z.array(feature) })
    .transform((c) => c.features.flat()),
])

/**
 * The polygons of a GeoJSON text: Polygon, MultiPolygon, GeometryCollection, Feature or FeatureCollection of these.
 * @param file named in errors
 * @throws StudioError `area-invalid` when it is no GeoJSON, or holds anything but polygons in degrees
 */
export function parseArea(text: string, file: string): AreaPolygon[] {
  const invalid = (message: string, cause: unknown): StudioError =>
    new StudioError('area-invalid', message, {
      file,
      hint: 'Give a GeoJSON file with polygons in longitude and latitude (WGS 84).',
      cause,
    })
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw invalid('The area file is no JSON.', cause)
  }
  const parsed = document.safeParse(json)
  if (!parsed.success)
    throw invalid(`The area file holds no usable polygons: ${deepestIssue(parsed.error)}.`, parsed.error)
  if (parsed.data.length === 0) throw invalid('The area file holds no polygons.', null)
  return parsed.data
}

function closeRing(points: [number, number][]): [number, number][] {
  const [first, last] = [points[0], points[points.length - 1]]
  return first[0] === last[0] && first[1] === last[1] ? points : [...points, first]
}

/** Of the ways in which a text fails to be GeoJSON, the one that got furthest says most. */
function deepestIssue(error: z.ZodError): string {
  const flatten = (issues: readonly z.core.$ZodIssue[], path: readonly PropertyKey[]): z.core.$ZodIssue[] =>
    issues.flatMap((issue) =>
      issue.code === 'invalid_union'
        ? [issue, ...flatten(issue.errors.flat(), [...path, ...issue.path])]
        : [{ ...issue, path: [...path, ...issue.path] }],
    )
  const all = flatten(error.issues, [])
  const deepest = all.reduce((a, b) => (b.path.length > a.path.length ? b : a))
  return `${deepest.path.map(String).join('.') || 'the file'}: ${deepest.message}`
}
