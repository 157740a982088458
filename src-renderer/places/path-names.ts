/** The program may run on another machine than the page, so the separator is told from the path itself. */
function separatorOf(path: string): string {
  return path.includes('\\') && !path.startsWith('/') ? '\\' : '/'
}

/** The last name of a path: `2020` of `/data/gedi/2020`; the path itself where it is a root. */
export function baseName(path: string): string {
  const parts = path.split(separatorOf(path)).filter((part) => part !== '')
  return parts.at(-1) ?? path
}

/** A name inside a folder. */
export function joinPath(folder: string, name: string): string {
  const separator = separatorOf(folder)
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

/** The folders from the root that holds the path down to it, each with its name: a trail to click on. */
export function trailOf(path: string, roots: readonly string[]): { name: string; path: string }[] {
  const root = roots
    .filter((each) => path === each || path.startsWith(joinPath(each, '')))
    .sort((a, b) => b.length - a.length)
    .at(0)
  const start = root ?? (separatorOf(path) === '/' ? '/' : '')
  const separator = separatorOf(path)
  const names = path
    .slice(start.length)
    .split(separator)
    .filter((part) => part !== '')
  const trail = start === '' ? [] : [{ name: start, path: start }]
  for (const name of names) {
    const above = trail.at(-1)?.path
    trail.push({ name, path: above === undefined ? name : joinPath(above, name) })
  }
  return trail
}

/** A folder's name made from a project's: letters, digits and dashes; what other signs stand for is kept readable. */
export function folderNameOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{Mark}/gu, '')
  const dashed = plain.replace(/[^\p{Letter}\p{Number}.]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '')
  return dashed.toLowerCase()
}
