import { z } from 'zod'
import type { Step } from '../run/steps'

/** Groups in which settings stand in the form, in the docs, and in `--help`. */
export const SETTING_GROUPS = {
  filter: 'Footprint filter',
  split: 'Train and test',
  subset: 'Subset',
  scene: 'Scene choice',
  scl: 'Scene classification check',
  terrain: 'Terrain',
  network: 'Imagery from the network',
  output: 'Output',
  run: 'Run',
  cluster: 'Cluster (Slurm)',
} as const
export type SettingGroup = keyof typeof SETTING_GROUPS

interface Described {
  group: SettingGroup
  /** Short name in the form. */
  label: string
  /** One or two sentences for `--help`, the form and the docs. */
  help: string
  /** Unit of the value as shown to people, if it has one. */
  unit?: string
  /** The first step whose results a change makes stale; null when it changes no result. */
  affects: Step | null
  /** Command-line flag without dashes where it is not the key in kebab case. */
  flag?: string
}

interface NumberOptions extends Described {
  min: number
  max: number
  step?: number
}

/** What the form, the command line and the docs need to know of a setting's values. */
export type SettingControl =
  | { kind: 'number' | 'integer'; min: number; max: number; step?: number; optional: boolean }
  | { kind: 'boolean' }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'integers'; min: number; max: number }
  | { kind: 'words'; choices: readonly string[] }
  | { kind: 'date'; optional: true }
  | { kind: 'file'; optional: true }
  | { kind: 'url'; optional: true }
  | { kind: 'text'; optional: true; example: string }
  | { kind: 'bbox'; optional: true }

export interface SettingField<Value> extends Described {
  control: SettingControl
  default: Value
  schema: z.ZodType<Value>
}

const field = <Value>(
  described: Described,
  control: SettingControl,
  schema: z.ZodType<Value>,
  initial: Value,
): SettingField<Value> => ({
  group: described.group,
  label: described.label,
  help: described.help,
  affects: described.affects,
  ...(described.unit === undefined ? {} : { unit: described.unit }),
  ...(described.flag === undefined ? {} : { flag: described.flag }),
  control,
  default: initial,
  schema,
})

const range = ({ min, max, step }: NumberOptions): { min: number; max: number; step?: number } =>
  step === undefined ? { min, max } : { min, max, step }

/** A number within closed bounds. */
export function number(o: NumberOptions & { default: number }): SettingField<number> {
  return field(
    o,
    { kind: 'number', ...range(o), optional: false },
    z.number().min(o.min).max(o.max),
    o.default,
  )
}

/** A number within closed bounds, or null for "no limit". */
export function optionalNumber(o: NumberOptions): SettingField<number | null> {
  const schema = z.number().min(o.min).max(o.max).nullable()
  return field(o, { kind: 'number', ...range(o), optional: true }, schema, null)
}

/** A whole number within closed bounds. */
export function integer(o: NumberOptions & { default: number }): SettingField<number> {
  return field(o, { kind: 'integer', ...range(o), optional: false }, z.int().min(o.min).max(o.max), o.default)
}

/** A whole number within closed bounds, or null for "choose for me". */
export function optionalInteger(o: NumberOptions): SettingField<number | null> {
  const schema = z.int().min(o.min).max(o.max).nullable()
  return field(o, { kind: 'integer', ...range(o), optional: true }, schema, null)
}

/** Yes or no. */
export function boolean(o: Described & { default: boolean }): SettingField<boolean> {
  return field(o, { kind: 'boolean' }, z.boolean(), o.default)
}

/** One of a few words. */
export function choice<const Word extends string>(
  o: Described & { choices: readonly [Word, ...Word[]]; default: NoInfer<Word> },
): SettingField<Word> {
  const schema: z.ZodType<Word> = z.enum(o.choices)
  return field<Word>(o, { kind: 'choice', choices: o.choices }, schema, o.default)
}

/** A list of different whole numbers within closed bounds. */
export function integers(o: NumberOptions & { default: readonly number[] }): SettingField<number[]> {
  const schema = z.array(z.int().min(o.min).max(o.max)).refine((list) => new Set(list).size === list.length, {
    message: 'the same value stands twice',
  })
  return field(o, { kind: 'integers', min: o.min, max: o.max }, schema, [...o.default])
}

/** Any number of words out of a few; none means all. */
export function words<const Word extends string>(
  o: Described & { choices: readonly [Word, ...Word[]] },
): SettingField<Word[]> {
  const schema: z.ZodType<Word[]> = z.array(z.enum(o.choices))
  return field<Word[]>(o, { kind: 'words', choices: o.choices }, schema, [])
}

/** A calendar day `YYYY-MM-DD`, or null. */
export function optionalDate(o: Described): SettingField<string | null> {
  return field(o, { kind: 'date', optional: true }, z.iso.date().nullable(), null)
}

/** A path of a file, or null. */
export function optionalFile(o: Described): SettingField<string | null> {
  return field(o, { kind: 'file', optional: true }, z.string().min(1).nullable(), null)
}

/** An address that begins with http:// or https://, or null. */
export function optionalUrl(o: Described): SettingField<string | null> {
  const schema = z.url({ protocol: /^https?$/ }).nullable()
  return field(o, { kind: 'url', optional: true }, schema, null)
}

/** One line of text of a certain form, or null. @param problem what is wrong with text of another form */
export function optionalText(
  o: Described & { form: RegExp; problem: string; example: string },
): SettingField<string | null> {
  const schema = z.string().trim().min(1).max(2000).regex(o.form, { message: o.problem }).nullable()
  return field(o, { kind: 'text', optional: true, example: o.example }, schema, null)
}

const bboxSchema = z
  .tuple([
    z.number().min(-180).max(180),
    z.number().min(-90).max(90),
    z.number().min(-180).max(180),
    z.number().min(-90).max(90),
  ])
  .refine(([, south, , north]) => south < north, { message: 'south must lie below north' })

/** West, south, east, north in degrees; west may be larger than east across the antimeridian. */
export type BoundingBox = z.infer<typeof bboxSchema>

/** A bounding box, or null. */
export function optionalBbox(o: Described): SettingField<BoundingBox | null> {
  return field(o, { kind: 'bbox', optional: true }, bboxSchema.nullable(), null)
}
