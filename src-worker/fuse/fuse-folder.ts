import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DATA_GROUP, DATASETS, type DatasetName } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { chooseDatasets, type DatasetChoice } from '../hdf5/dataset-choice'
import { pause } from '../hdf5/pause'
import { datasetPath } from '../hdf5/samples-file'
import { inspectStructure } from '../hdf5/structure'
import type { JobContext } from '../process/context'
import { fuseSamples, type FuseOptions } from './fuse'
import { unfit } from './fuse-order'
import { withReadable } from './without-lzf'

/** What is known of a file before it is fused. */
interface FoundFile {
  path: string
  samples: number
  datasets: readonly DatasetName[]
  /** Shot numbers; empty where the file has none. */
  shots: BigInt64Array
}

/**
 * Joins all HDF5 files of a folder, of this program or another, into one: files in the order of their names, numbers in
 * names by their value, samples in their order. The files may have any of the 17 datasets, all of them the same ones.
 * @param leaveOut whether files that do not fit are left out; otherwise they end the fuse before anything is written
 * @throws StudioError `input-missing`, `dataset-invalid` naming the files that do not fit; as fuseSamples
 */
export async function fuseFolder(
  folder: string,
  output: string,
  options: FuseOptions,
  leaveOut: boolean,
  ctx: JobContext,
): Promise<{ samples: number; files: number }> {
  const found: FoundFile[] = []
  const faults: StudioError[] = []
  for (const path of await filesOf(folder)) {
    await pause(ctx.signal)
    try {
      found.push(await lookInto(path, `${output}.readable.part`))
    } catch (error) {
      if (!(error instanceof StudioError) || error.tag === 'disk-full') throw error
      faults.push(unfit(path, error.message, error))
    }
  }
  const choice = chosen(found)
  const fitting = withoutRepeated(withoutOthers(found, choice, faults), faults)
  if (faults.length > 0 && !leaveOut) throw allOf(faults)
  if (fitting.length === 0) throw allOf(faults)
  for (const fault of faults) ctx.skipped(StudioError.fromJSON({ ...fault.toJSON(), hint: LEFT_OUT }))
  let next = 0
  const parts = fitting.map(({ path, samples }) => {
    const indices = Array.from({ length: samples }, (_, i) => next + i)
    next += samples
    return { path, indices, checksums: null }
  })
  const { samples } = await fuseSamples(parts, output, { ...options, choice }, ctx)
  return { samples, files: parts.length }
}

const LEFT_OUT = 'The file was left out; repair or remove it and fuse again.'

/** HDF5 files of a folder, not of those below it, in natural order. */
async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new StudioError(
      'input-missing',
      'The folder with dataset files does not exist or cannot be read.',
      {
        file: folder,
        hint: 'Check the path that was given for it.',
        cause,
      },
    )
  })
  const files = names.filter((name) => /\.(h5|hdf5)$/i.test(name))
  if (files.length === 0) {
    throw new StudioError('input-missing', 'The folder holds no HDF5 files.', {
      file: folder,
      hint: 'Give the folder in which the files to fuse lie, named *.h5 or *.hdf5.',
    })
  }
  const collator = new Intl.Collator('en', { numeric: true })
  return files.sort((a, b) => collator.compare(a, b)).map((name) => join(folder, name))
}

async function lookInto(path: string, copy: string): Promise<FoundFile> {
  return withReadable(path, DATA_GROUP, copy, (file) => {
    const { samples, readable, problems } = inspectStructure(file, { foreign: true })
    if (problems.length > 0) throw unfit(path, `The file has another structure: ${problems.join('; ')}.`)
    if (readable.size === 0) throw unfit(path, 'The file holds none of the datasets.')
    const shots = readable.has(SHOT) ? file.read(datasetPath(SHOT)) : new BigInt64Array()
    return {
      path,
      samples,
      datasets: DATASETS.map(({ name }) => name).filter((name) => readable.has(name)),
      shots: shots instanceof BigInt64Array ? shots : new BigInt64Array(),
    }
  })
}

const SHOT = 'GEDI Shot Number'

/** The datasets that most of the files have. */
function chosen(files: readonly FoundFile[]): DatasetChoice {
  const votes = new Map<string, number>()
  for (const { datasets } of files) votes.set(datasets.join(), (votes.get(datasets.join()) ?? 0) + 1)
  const most = Math.max(0, ...votes.values())
  const file = files.find(({ datasets }) => votes.get(datasets.join()) === most)
  return chooseDatasets((name) => file?.datasets.includes(name) === true)
}

function withoutOthers(
  files: readonly FoundFile[],
  { specs }: DatasetChoice,
  faults: StudioError[],
): FoundFile[] {
  const expected = specs.map(({ name }) => name)
  return files.filter(({ path, datasets }) => {
    const lacks = expected.filter((name) => !datasets.includes(name)).map((name) => `lacks ${name}`)
    const has = datasets.filter((name) => !expected.includes(name)).map((name) => `has ${name}`)
    if (lacks.length + has.length === 0) return true
    faults.push(
      unfit(path, `The file has other datasets than the rest: it ${[...lacks, ...has].join(', ')}.`),
    )
    return false
  })
}

/** Files without a sample that a file before them has. */
function withoutRepeated(files: readonly FoundFile[], faults: StudioError[]): FoundFile[] {
  const owners = new Map<bigint, string>()
  return files.filter(({ path, shots }) => {
    const repeated = shots.find((shot) => owners.has(shot))
    const own = new Set(shots)
    if (repeated === undefined && own.size === shots.length) {
      for (const shot of own) owners.set(shot, path)
      return true
    }
    const where = repeated === undefined ? 'twice in it' : `in ${owners.get(repeated) ?? ''} too`
    faults.push(
      unfit(path, `A sample of the file is ${where}${repeated === undefined ? '' : `: shot ${repeated}`}.`),
    )
    return false
  })
}

function allOf(faults: readonly StudioError[]): StudioError {
  const lines = faults.map(({ file, message }) => `${file ?? ''}: ${message}`)
  const more = lines.length > MOST_NAMED ? [`and ${lines.length - MOST_NAMED} more`] : []
  return new StudioError(
    'dataset-invalid',
    `Files that cannot be fused: ${[...lines.slice(0, MOST_NAMED), ...more].join(' ')}`,
    {
      hint: 'Repair or remove them, or give --leave-out-unfit to fuse the others. h5repack writes a file anew that is stored in an unusual way.',
      context: { files: faults.length },
    },
  )
}

const MOST_NAMED = 20
