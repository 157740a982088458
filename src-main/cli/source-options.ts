import { Option, type Command } from 'commander'
import { resolve } from 'node:path'
import { z } from 'zod'
import { checkSourceAddress, isRemoteSource } from '../../src-shared/catalog/source-name'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Sources } from '../../src-shared/run/project'
import { STEPS, type Step } from '../../src-shared/run/steps'

const GROUP = 'Input and output:'

const optionsSchema = z.object({
  output: z.string(),
  input: z.array(z.string()).optional(),
  source: z.string().optional(),
  demSource: z.string().optional(),
  landcoverSource: z.string().optional(),
  pathAggregatedCsvTrain: z.string().optional(),
  pathAggregatedCsvTest: z.string().optional(),
  pathSubsetCsvTrain: z.string().optional(),
  pathSubsetCsvTest: z.string().optional(),
  restartFrom: z.enum(STEPS).optional(),
  json: z.boolean().optional(),
  onlyFinished: z.boolean().optional(),
  besideJobs: z.boolean().optional(),
})
export type ProjectOptions = z.infer<typeof optionsSchema>

/** Adds the options of every command on a project: where it lies, and how its results are told. */
export function addProjectOptions(command: Command, folder: string): void {
  command.addOption(new Option('--output <dir>', folder).helpGroup(GROUP).makeOptionMandatory())
  command.addOption(
    new Option('--json', 'Events and the report as JSON lines on standard output.').helpGroup(GROUP),
  )
}

/** Adds the options that say what a project is made from. */
export function addSourceOptions(command: Command): void {
  const add = (flags: string, help: string): Command =>
    command.addOption(new Option(flags, help).helpGroup(GROUP))
  add('--input <path...>', 'Folders (with all below them) or files of GEDI L4A granules.')
  add(
    '--source <src>',
    'Sentinel-2 L2A scenes: planetary-computer, earth-search, the address of a STAC API, or a folder.',
  )
  add('--dem-source <src>', 'Copernicus DEM tiles: likewise, or aws (default: the same as --source).')
  add('--landcover-source <src>', 'ESA WorldCover tiles: likewise, or aws (default: the same as --source).')
  add('--path-aggregated-csv-train <file>', 'A combined train table to use instead of granules.')
  add('--path-aggregated-csv-test <file>', 'A combined test table to use instead of granules.')
  add('--path-subset-csv-train <file>', 'A train subset to use as it is.')
  add('--path-subset-csv-test <file>', 'A test subset to use as it is.')
  command.addOption(
    new Option('--restart-from <step>', 'Make the results of this step and all after it anew.')
      .choices([...STEPS])
      .helpGroup(GROUP),
  )
}

/** The options of a project command, checked. */
export function projectOptions(command: Command): ProjectOptions {
  const parsed = optionsSchema.safeParse(command.opts())
  if (parsed.success) return parsed.data
  throw new StudioError('usage', z.prettifyError(parsed.error), { hint: 'See --help.' })
}

/**
 * A project's sources with those given on the command line in their place.
 * @throws StudioError `usage` for a source at an address that is none of http or https
 */
export function withGivenSources(sources: Sources, options: ProjectOptions): Sources {
  const path = (given: string | undefined, before: string | null): string | null =>
    given === undefined ? before : resolve(given)
  return {
    inputs: options.input?.map((input) => resolve(input)) ?? sources.inputs,
    source: source(options.source, sources.source),
    demSource: source(options.demSource, sources.demSource),
    landcoverSource: source(options.landcoverSource, sources.landcoverSource),
    combined: {
      train: path(options.pathAggregatedCsvTrain, sources.combined.train),
      test: path(options.pathAggregatedCsvTest, sources.combined.test),
    },
    subset: {
      train: path(options.pathSubsetCsvTrain, sources.subset.train),
      test: path(options.pathSubsetCsvTest, sources.subset.test),
    },
  }
}

/**
 * Names of providers and URLs stay as they are; anything else is a folder.
 * @throws StudioError `usage` for an address that is none of http or https
 */
function source(given: string | undefined, before: string | null): string | null {
  if (given === undefined) return before
  checkSourceAddress(given)
  return isRemoteSource(given) ? given : resolve(given)
}

/** The step to restart from, null where none was given. */
export function restartStep({ restartFrom }: ProjectOptions): Step | null {
  return restartFrom ?? null
}
