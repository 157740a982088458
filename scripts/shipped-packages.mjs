// The packages that the program is passed on with: those it needs at run time, and those that are built into its page.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const BUNDLED = join(ROOT, 'dist/notices')

/** Names of files that hold terms. */
const TERMS = /^(licen[cs]e|copying|notice|authors)/i

/**
 * Finds them all, as they are installed.
 * @returns {{ name: string, version: string, license?: unknown, terms: string }[]} by name; terms is the text of their licence
 *   files, empty where they bring none
 */
export function shippedPackages() {
  return [...new Set([...bundled(), ...neededFolders()])]
    .map((folder) => ({ ...description(folder), terms: terms(folder) }))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** Folders of the packages that the program loads at run time, as they are installed. */
export function neededFolders() {
  const folders = new Set()
  addNeeded(ROOT, folders)
  return [...folders]
}

/** Folders of what the last build took into the page; empty before the first one. */
function bundled() {
  if (!existsSync(BUNDLED)) return []
  return readdirSync(BUNDLED)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(BUNDLED, name), 'utf8')))
    .map((folder) => join(ROOT, folder))
}

function addNeeded(folder, found) {
  const { dependencies = {}, optionalDependencies = {} } = description(folder)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const needed = installed(folder, name)
    // Packages of other platforms are not there, and not passed on.
    if (needed === null && name in optionalDependencies) continue
    if (needed === null) throw new Error(`${name} is not installed, which ${relative(ROOT, folder)} needs.`)
    if (found.has(needed)) continue
    found.add(needed)
    addNeeded(needed, found)
  }
}

/** Where Node finds a package from a folder; null where it does not. */
function installed(folder, name) {
  for (let at = folder; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
    if (at === ROOT) return null
  }
}

function description(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function terms(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TERMS.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n')
}
