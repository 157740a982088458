import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'

/** A link of an API's answer. */
const linkSchema = z.object({
  rel: z.string(),
  href: z.string().min(1),
  method: z.string().optional().catch(undefined),
  merge: z.boolean().nullish().catch(undefined),
  body: z.record(z.string(), z.unknown()).nullish().catch(undefined),
})
export type ApiLink = z.infer<typeof linkSchema>

/** Links that are none are passed over. */
const linksSchema = z
  .array(z.unknown())
  .default([])
  .catch([])
  .transform((links) =>
    links.flatMap((link) => {
      const parsed = linkSchema.safeParse(link)
      return parsed.success ? [parsed.data] : []
    }),
  )

/** The landing page of a STAC API. */
export const landingSchema = z.object({
  stac_version: z.string(),
  conformsTo: z.array(z.string()).default([]).catch([]),
  links: linksSchema,
})
export type Landing = z.infer<typeof landingSchema>

/** A page of the list of collections; what has no id is passed over. */
export const collectionsSchema = z.object({
  collections: z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const parsed = collectionSchema.safeParse(value)
      return parsed.success ? [parsed.data] : []
    }),
  ),
  links: linksSchema,
})

/** A collection, as far as its name tells what it holds. */
const collectionSchema = z.object({
  id: z.string().min(1),
  title: z
    .string()
    .nullish()
    .transform((title) => title ?? '')
    .catch(''),
})
export type CollectionName = z.infer<typeof collectionSchema>

/** A page of a search. The items are checked one by one later: a bad one is no reason to lose the others. */
export const pageSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
  links: linksSchema,
})

/**
 * Checks an answer of a server.
 * @param what it should be, for the message
 * @throws StudioError `source-answer`
 */
export function parseAnswer<T>(schema: z.ZodType<T>, value: unknown, url: string, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw answerError(url, `The answer is no ${what}.`)
}

/** A `source-answer` that names address and host. */
export function answerError(url: string, message: string, hint?: string): StudioError {
  return new StudioError('source-answer', message, {
    file: url,
    hint:
      hint ??
      'Check that the address is that of a STAC API. Where it is, the server has a fault; try again later.',
    context: { host: hostOf(url) },
  })
}

/** Host of an address, with its port where that is not the usual one; the address itself where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
