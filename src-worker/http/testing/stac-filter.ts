import { z } from 'zod'

/** An item as the server keeps it: what it does not look at is passed on. */
export const itemSchema = z.looseObject({
  id: z.string(),
  collection: z.string(),
  bbox: z.array(z.number()).min(4),
  properties: z.looseObject({
    datetime: z.string().nullish(),
    start_datetime: z.string().nullish(),
    end_datetime: z.string().nullish(),
  }),
  assets: z.record(z.string(), z.looseObject({ href: z.string() })),
})
export type Item = z.infer<typeof itemSchema>

interface Expression {
  op: string
  args: (Expression | { property: string } | string | number)[]
}
const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.object({
    op: z.string(),
    args: z.array(z.union([expressionSchema, z.object({ property: z.string() }), z.string(), z.number()])),
  }),
)

export const searchSchema = z.looseObject({
  collections: z.array(z.string()).optional(),
  ids: z.array(z.string()).optional(),
  bbox: z.array(z.number()).optional(),
  intersects: z.looseObject({ coordinates: z.unknown() }).optional(),
  datetime: z.string().optional(),
  limit: z.number().int().positive().optional(),
  query: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).optional(),
  filter: expressionSchema.optional(),
  token: z.string().optional(),
})
export type Search = z.infer<typeof searchSchema>

/** Whether an item is among what a search wants. Geometries are compared by their boxes. */
export function matches(item: Item, search: Search): boolean {
  const box =
    search.bbox ?? (search.intersects === undefined ? undefined : boxOf(search.intersects.coordinates))
  return (
    (search.collections?.includes(item.collection) ?? true) &&
    (search.ids?.includes(item.id) ?? true) &&
    (box === undefined || overlaps(item.bbox, box)) &&
    (search.datetime === undefined || inInterval(item, search.datetime)) &&
    Object.entries(search.query ?? {}).every(([name, tests]) =>
      Object.entries(tests).every(([op, value]) =>
        compare(QUERY_OPS[op] ?? op, item.properties[name], value),
      ),
    ) &&
    (search.filter === undefined || holds(search.filter, item))
  )
}

const QUERY_OPS: Record<string, string> = { lt: '<', lte: '<=', gt: '>', gte: '>=', eq: '=' }

function holds({ op, args }: Expression, item: Item): boolean {
  if (op === 'and') return args.every((arg) => typeof arg === 'object' && 'op' in arg && holds(arg, item))
  const [left, right] = args.map((arg) => {
    if (typeof arg !== 'object') return arg
    if (!('property' in arg)) return undefined
    return arg.property === 'collection' ? item.collection : item.properties[arg.property]
  })
  return compare(op, left, right)
}

function compare(op: string, left: unknown, right: unknown): boolean {
  if (op === '=') return left === right
  if (typeof left !== 'number' || typeof right !== 'number') return false
  switch (op) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      throw new Error(`The server does not know ${op}.`)
  }
}

function overlaps(a: number[], b: number[]): boolean {
  const [aw, as, ae, an] = flat(a)
  const [bw, bs, be, bn] = flat(b)
  return aw <= be && bw <= ae && as <= bn && bs <= an
}

/** West, south, east, north of a box with or without heights. */
function flat(box: number[]): number[] {
  return box.length === 6 ? [box[0], box[1], box[3], box[4]] : box
}

function boxOf(coordinates: unknown): number[] {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    const [x, y] = value as unknown[]
    if (typeof x === 'number' && typeof y === 'number') {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    } else {
      value.forEach(visit)
    }
  }
  visit(coordinates)
  return box
}

function inInterval({ properties }: Item, interval: string): boolean {
  const [from, to = from] = interval.split('/')
  const begin = properties.datetime ?? properties.start_datetime
  const end = properties.datetime ?? properties.end_datetime
  if (typeof begin !== 'string' || typeof end !== 'string') return false
  return (
    (from === '..' || from === '' || Date.parse(end) >= Date.parse(from)) &&
    (to === '..' || to === '' || Date.parse(begin) <= Date.parse(to))
  )
}
