import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { compareNames, parseGranuleName } from './granule-name'

/** A granule file as it lies on disk. */
export interface GranuleFile {
  /** Absolute path. */
  path: string
  /** File name without folder. */
  name: string
  /** Bytes. */
  size: number
  /** Time of the last change, milliseconds since 1970. */
  mtimeMs: number
}

export interface GranuleSearch {
  /** Sorted by file name, each name once: the same whatever the order of the inputs. */
  granules: GranuleFile[]
  /** HDF5 files that are no L4A granules, folders that cannot be read, copies that differ; sorted by file. */
  problems: StudioError[]
}

interface Found extends GranuleFile {
  /** The file behind symbolic links. */
  real: string
}

/**
 * Finds the GEDI L4A granules in files and folders, folders with all below them. Hidden folders and files are
 * passed over, unless they are an input themselves; symbolic links are followed once. Of files with the same name the
 * largest is taken (the others may be broken downloads), of equal ones the first by path.
 * @throws StudioError `input-missing` when an input does not exist or cannot be read; `cancelled`
 */
export async function findGranules(inputs: readonly string[], signal?: AbortSignal): Promise<GranuleSearch> {
  const problems: StudioError[] = []
  const found: Found[] = []
  const visited = new Set<string>()
  for (const input of inputs.map((path) => resolve(path)).sort(compareNames)) {
    await visitInput(input)
  }
  return { granules: chooseOnePerName(found, problems), problems: problems.sort(compareFiles) }

  async function visitInput(path: string): Promise<void> {
    try {
      const stats = await stat(path)
      if (!stats.isDirectory()) await addFile(path, stats)
      else await visitFolder(path)
    } catch (cause) {
      throwIfCancelled(signal)
      throw unreadable(path, cause)
    }
  }

  async function visitFolder(path: string): Promise<void> {
    const real = await realpath(path)
    if (visited.has(real)) return
    visited.add(real)
    const entries = await readdir(path, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => compareNames(a.name, b.name))) {
      if (!entry.name.startsWith('.')) await visitEntry(join(path, entry.name), entry)
    }
  }

  async function visitEntry(path: string, entry: Dirent): Promise<void> {
    throwIfCancelled(signal)
    if (!entry.isDirectory() && !entry.isSymbolicLink() && !isHdf5Name(entry.name)) return
    try {
      const stats = await stat(path)
      if (stats.isDirectory()) await visitFolder(path)
      else if (stats.isFile() && isHdf5Name(entry.name)) await addFile(path, stats)
    } catch (cause) {
      throwIfCancelled(signal)
      problems.push(unreadable(path, cause))
    }
  }

  async function addFile(path: string, stats: Stats): Promise<void> {
    const name = basename(path)
    if (parseGranuleName(name) === null) problems.push(foreign(path))
    else found.push({ path, name, size: stats.size, mtimeMs: stats.mtimeMs, real: await realpath(path) })
  }
}

function isHdf5Name(name: string): boolean {
  return /\.(h5|hdf5)$/i.test(name)
}

function chooseOnePerName(found: readonly Found[], problems: StudioError[]): GranuleFile[] {
  const chosen = new Map<string, Found>()
  const ordered = found.toSorted(
    (a, b) => compareNames(a.name, b.name) || b.size - a.size || compareNames(a.path, b.path),
  )
  for (const file of ordered) {
    const taken = chosen.get(file.name)
    if (taken === undefined) chosen.set(file.name, file)
    else if (taken.size !== file.size && taken.real !== file.real) problems.push(differentCopy(file, taken))
  }
  return [...chosen.values()].map(({ path, name, size, mtimeMs }) => ({ path, name, size, mtimeMs }))
}

function compareFiles(a: StudioError, b: StudioError): number {
  return compareNames(a.file ?? '', b.file ?? '')
}

function unreadable(path: string, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const what = code === 'ENOENT' ? 'There is no such file or folder.' : 'The file or folder cannot be read.'
  return new StudioError('input-missing', what, {
    file: path,
    hint: 'Check the path and that you may read it.',
    context: { code },
    cause,
  })
}

function foreign(path: string): StudioError {
  return new StudioError(
    'granule-foreign',
    'The name is not that of a GEDI L4A granule; the file is left out.',
    {
      file: path,
      hint: 'Granules are named GEDI04_A_YYYYDDDHHMMSS_Ooooooo_gg_Tttttt_pp_rrr_vv_Vvvv.h5.',
    },
  )
}

function differentCopy(file: Found, taken: Found): StudioError {
  const message = `Another file of this name has ${taken.size} bytes, this one ${file.size}; this one is left out.`
  return new StudioError('granule-foreign', message, {
    file: file.path,
    hint: `Delete one of the two; ${taken.path} is used.`,
    context: { used: taken.path, size: file.size, usedSize: taken.size },
  })
}
