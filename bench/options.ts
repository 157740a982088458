import { parseArgs } from 'node:util'

/** What a person asked the benchmarks to do. */
export interface BenchOptions {
  /** Names of the benchmarks to run. */
  only: string[]
  /** Whether the figures are added to bench/history.json. */
  record: boolean
  /** Whether the timed processes leave CPU profiles in .cache/bench/profiles. */
  profile: boolean
  /** Whether benchmarks that come in two sizes do the large one. */
  large: boolean
}

/**
 * Reads the command line.
 * @param names of all benchmarks, in their order
 * @throws Error that says what is wrong with it
 */
export function parseOptions(args: string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      record: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
    },
  })
  const only = values.only?.split(',') ?? [...names]
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no benchmark ${unknown.join(', ')}; --only takes some of ${names.join(',')}.`)
  }
  return { only, record: values.record, profile: values.profile, large: values.large }
}
