import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Programs that tests cross-check against. The product needs none of them. */
const TOOLS = {
  h5py: { command: ['/usr/bin/python3', '-c', 'import h5py, numpy'], get: 'apt-get install python3-h5py' },
  rasterio: {
    command: ['/usr/bin/python3', '-c', 'import rasterio, pyproj'],
    get: 'apt-get install python3-rasterio python3-pyproj',
  },
  h5dump: { command: ['h5dump', '--version'], get: 'apt-get install hdf5-tools' },
  gdal: { command: ['gdalinfo', '--version'], get: 'apt-get install gdal-bin' },
  makensis: { command: ['makensis', '-VERSION'], get: 'apt-get install nsis' },
} as const

export type Tool = keyof typeof TOOLS

const answers = new Map<Tool, boolean>()

/**
 * Whether a program is there to cross-check against. For `describe.skipIf(!optionalTool('h5py'))`; the closing
 * lines of the test run say what was left out and how to get it, and in CI nothing may be left out.
 */
export function optionalTool(tool: Tool): boolean {
  const known = answers.get(tool)
  if (known !== undefined) return known
  const [program, ...args] = TOOLS[tool].command
  const found = spawnSync(program, args, { stdio: 'ignore' }).status === 0
  answers.set(tool, found)
  return found
}

/** Every tool with whether it answers and how to get it. */
export function toolReport(): { tool: Tool; found: boolean; get: string }[] {
  return (Object.keys(TOOLS) as Tool[]).map((tool) => ({
    tool,
    found: optionalTool(tool),
    get: TOOLS[tool].get,
  }))
}

/** The interpreter that sees Debian's python3-h5py and python3-rasterio. */
export const PYTHON = '/usr/bin/python3'

/** A file or folder beside the project; null where it is absent. */
export function sharedFile(path: string): string | null {
  const file = resolve(import.meta.dirname, '../../shared', path)
  return existsSync(file) ? file : null
}

/** Real files beside the project; null where they are absent. */
export function realFile(path: string): string | null {
  return sharedFile(`real/${path}`)
}

/** The bundled sample world. */
export const SAMPLE_DIR = resolve(import.meta.dirname, '../assets/sample')

/** What the independent reference makes of the sample world. */
export const REFERENCE_DIR = resolve(import.meta.dirname, 'reference')
