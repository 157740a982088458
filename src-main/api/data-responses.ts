import { createReadStream } from 'node:fs'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { PROJECT_FILES } from '../../src-shared/api/data-routes'
import { pictureBatchSchema } from '../../src-shared/api/picture-batch'
import { sampleFileSchema } from '../../src-shared/api/run-state'
import { CARD_FILES, type CardFile } from '../../src-shared/card/card'
import { toStudioError } from '../../src-shared/errors/studio-error'
import { EXPLORE_LAYERS } from '../../src-shared/explore/layers'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { rejectionReasonSchema } from '../../src-shared/footprint/rejection'
import { geotiffLayersSchema } from '../../src-shared/patches/geotiff-layers'
import { REJECTIONS_HEADER } from '../run/rejections-file'
import type { PatchFiles } from '../studio/patch-files'
import type { ProjectSession } from '../studio/project-session'
import type { Studio } from '../studio/studio'

const whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)

/** What the parts of each kind of address are, see src-shared/api/data-routes.ts. */
const tileSchema = z.tuple([z.enum(EXPLORE_LAYERS), z.string(), z.enum(['all', 'kept']), whole, whole, whole])
const geotiffName = z
  .string()
  .regex(/\.tif$/)
  .transform((name) => name.slice(0, -'.tif'.length))
  .pipe(geotiffLayersSchema)
const geotiffSchema = z
  .tuple([z.enum(SPLITS), whole, whole, geotiffName])
  .transform(([split, batch, row, layers]) => [{ split, batch, row }, layers] as const)
const fileGeotiffSchema = z
  .tuple([sampleFileSchema, whole, geotiffName])
  .transform(([file, row, layers]) => [{ split: 'train' as const, batch: 0, row, file }, layers] as const)
const figureSchema = z
  .string()
  .regex(/^(train|test)_distribution_(combined|subset)\.(png|svg)$/)
  .transform((name) => {
    const [split, , rest] = name.split('_')
    const [table, format] = rest.split('.')
    return { split, table, format }
  })
  .pipe(
    z.object({
      split: z.enum(SPLITS),
      table: z.enum(['combined', 'subset']),
      format: z.enum(['png', 'svg']),
    }),
  )
const rejectionsSchema = z
  .string()
  .regex(/^[\w-]+\.csv$/)
  .transform((name) => name.slice(0, -'.csv'.length))
  .pipe(z.union([z.literal('all'), rejectionReasonSchema]))

/**
 * Answers a request for what is not a procedure: map tiles, pictures, files to save. Never throws: an error becomes a
 * status and the error as JSON.
 * @param request GET of an address whose path begins with `/data/`
 */
export async function respondToData(studio: Studio, request: Request): Promise<Response> {
  const [, root, kind, ...rest] = new URL(request.url).pathname.split('/').map(decodeURIComponent)
  if (root !== 'data' || (request.method !== 'GET' && request.method !== 'HEAD')) return notFound()
  try {
    return (await answer(studio, kind, rest, request.signal)) ?? notFound()
  } catch (thrown) {
    const error = toStudioError(thrown)
    const status = error.tag === 'not-ready' || error.tag === 'input-missing' ? 404 : 500
    return Response.json(error.toJSON(), { status })
  }
}

async function answer(
  studio: Studio,
  kind: string,
  rest: readonly string[],
  signal: AbortSignal,
): Promise<Response | null> {
  switch (kind) {
    case 'tiles':
      return tile(studio.project, tileSchema.safeParse(rest).data, signal)
    case 'pictures':
      return thumbnails(studio.patches, pictureBatchSchema.safeParse(rest).data, signal)
    case 'geotiffs':
      return geotiff(studio.patches, geotiffSchema.safeParse(rest).data)
    case 'file-geotiffs':
      return geotiff(studio.patches, fileGeotiffSchema.safeParse(rest).data)
    case 'figures':
      return figure(studio.project, figureSchema.safeParse(rest.at(0)).data)
    case 'rejections':
      return rejections(studio.project, rejectionsSchema.safeParse(rest.at(0)).data)
    case 'files':
      return projectFile(studio.project, z.enum(PROJECT_FILES).safeParse(rest.at(0)).data)
    case 'card':
      return cardFile(studio.project, z.enum(CARD_FILES).safeParse(rest.at(0)).data)
    default:
      return null
  }
}

async function tile(
  session: ProjectSession,
  parts: z.infer<typeof tileSchema> | undefined,
  signal: AbortSignal,
): Promise<Response | null> {
  if (parts === undefined) return null
  const [layer, , dropped, z, x, y] = parts
  const bytes = await session.explorer.tile(layer, { z, x, y }, dropped === 'all', signal)
  return bytesResponse(bytes, 'application/vnd.mapbox-vector-tile', 'no-store')
}

/** PNG files in base64, a line each; empty where one cannot be drawn, which the page shows in its place. */
async function thumbnails(
  patches: PatchFiles,
  parts: z.infer<typeof pictureBatchSchema> | undefined,
  signal: AbortSignal,
): Promise<Response | null> {
  if (parts === undefined) return null
  const [preset, stretch, samples] = parts
  const drawn = await Promise.allSettled(
    samples.map((sample) => patches.thumbnail(sample, preset, stretch, signal)),
  )
  const pngs = drawn.map((each) =>
    each.status === 'fulfilled' ? Buffer.from(each.value).toString('base64') : '',
  )
  const headers = { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }
  return new Response(pngs.join('\n'), { headers })
}

async function geotiff(
  patches: PatchFiles,
  parts: z.infer<typeof geotiffSchema> | z.infer<typeof fileGeotiffSchema> | undefined,
): Promise<Response | null> {
  if (parts === undefined) return null
  const [sample, layers] = parts
  const { name, bytes } = await patches.geotiff(sample, layers)
  return download(new Uint8Array(bytes), 'image/tiff', name)
}

async function figure(
  session: ProjectSession,
  parts: z.infer<typeof figureSchema> | undefined,
): Promise<Response | null> {
  if (parts === undefined) return null
  const { split, table, format } = parts
  const source = table === 'combined' ? session.paths.combined(split) : session.paths.subset(split)
  await stat(source)
  await mkdir(session.paths.windowTemporary, { recursive: true })
  const output = join(session.paths.windowTemporary, `figure-${Date.now()}-${split}-${table}.${format}`)
  try {
    await session.explorer.figure(session.project, { table: source, split, kind: table, output })
    const type = format === 'png' ? 'image/png' : 'image/svg+xml'
    return download(new Uint8Array(await readFile(output)), type, `${split}_distribution_${table}.${format}`)
  } finally {
    await rm(output, { force: true })
  }
}

function rejections(
  session: ProjectSession,
  reason: z.infer<typeof rejectionsSchema> | undefined,
): Response | null {
  if (reason === undefined) return null
  const ending = `,${reason}`
  async function* chosen(): AsyncGenerator<string, void, void> {
    yield `${REJECTIONS_HEADER}\n`
    for await (const lines of session.rejections()) {
      const wanted = reason === 'all' ? lines : lines.filter((line) => line.endsWith(ending))
      if (wanted.length > 0) yield `${wanted.join('\n')}\n`
    }
  }
  return download(stream(Readable.from(chosen())), 'text/csv', `rejections-${reason}.csv`)
}

async function projectFile(
  session: ProjectSession,
  name: (typeof PROJECT_FILES)[number] | undefined,
): Promise<Response | null> {
  if (name === undefined) return null
  const path = join(session.paths.folder, name)
  await stat(path)
  const type = name.endsWith('.json') ? 'application/json' : name.endsWith('.csv') ? 'text/csv' : 'text/plain'
  return download(stream(createReadStream(path)), type, name)
}

const CARD_TYPES: Readonly<Record<CardFile, string>> = {
  'data_card.html': 'text/html; charset=utf-8',
  'data_card.md': 'text/plain; charset=utf-8',
  'croissant.json': 'application/json',
}

/** A file that is shown in place; the policy of all data lets it have its style and nothing else. */
async function cardFile(session: ProjectSession, name: CardFile | undefined): Promise<Response | null> {
  if (name === undefined) return null
  const content = new Uint8Array(await readFile(session.paths.card(name)))
  return bytesResponse(content, CARD_TYPES[name], 'no-store')
}

function stream(readable: Readable): ReadableStream {
  return Readable.toWeb(readable) as ReadableStream
}

function download(body: ReadableStream | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  const headers = {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  }
  return new Response(body, { headers })
}

function bytesResponse(bytes: Uint8Array, type: string, cache: string): Response {
  const headers = { 'Content-Type': type, 'Cache-Control': cache }
  // An empty body with 204: MapLibre takes it for an empty tile.
  if (bytes.length === 0) return new Response(null, { status: 204, headers })
  return new Response(new Uint8Array(bytes), { headers })
}

function notFound(): Response {
  return new Response('There is nothing at this address.', { status: 404 })
}
