import { z } from 'zod'

/** Bytes of the largest message that a page may send; settings and sources take a few thousand. */
export const LARGEST_MESSAGE = 1024 * 1024

const id = z.string().min(1).max(40)

/** A call of a procedure: its address, and what goes in as JSON with notes on what JSON has no word for. */
const callSchema = z.strictObject({
  i: id,
  p: z.strictObject({
    u: z.string().regex(/^(\/\w{1,40}){1,4}$/),
    b: z.strictObject({ json: z.unknown().optional(), meta: z.array(z.unknown()).optional() }).optional(),
  }),
})

/** The reader of a stream, or whoever waits for an answer, has gone away. */
const abortSchema = z.strictObject({ i: id, t: z.literal(4) })

const messageSchema = z.union([callSchema, abortSchema])

/**
 * Whether something that came over the line from a page is a message as our page sends them. The library behind the
 * line takes other forms as well (files, forms, streams towards us) and trips over what is none of them; a line that
 * brings anything but these two forms is to be cut.
 */
export function isLineMessage(data: unknown): boolean {
  if (typeof data !== 'string' || data.length > LARGEST_MESSAGE) return false
  try {
    return messageSchema.safeParse(JSON.parse(data)).success
  } catch {
    return false
  }
}
