import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs a program to its end and gives back what it wrote out.
 * @throws with all that it said, where it ends with anything but 0
 */
export function run(program: string, ...words: string[]): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? stdout + stderr}`)
  return stdout
}

/** Runs apt-get with its questions answered; waits for another one that is at work on this machine. */
export function apt(...words: string[]): void {
  run('apt-get', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...words)
}

/** Whether apt-get finds all that a package depends on in the lists that it has. */
export function aptFinds(deb: string): boolean {
  return spawnSync('apt-get', ['--simulate', '--no-install-recommends', 'install', deb]).status === 0
}

/** The packages that dpkg knows, those too of which only their settings are left. */
export function knownPackages(): string[] {
  return run('dpkg-query', '-W', '-f', '${Package}\n').trim().split('\n')
}

/** The files of all libraries that the programs and libraries below a folder ask the linker for, and those that these do. */
export function librariesOf(folder: string): string[] {
  const programs = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).subarray(0, 4).toString('latin1') === '\x7fELF')
  const found = programs.flatMap((path) => {
    const said = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout
    if (said.includes('not found')) throw new Error(`${path}: ${said}`)
    return [...said.matchAll(/ => (\/.+) \(0x/g)].map((match) => match[1])
  })
  return [...new Set(found)].sort()
}

/** The package of each file. The linker may know a file under /lib and its package under /usr/lib, or the other way. */
export function packagesOf(paths: readonly string[]): Map<string, string> {
  const plain = (path: string): string => path.replace(/^\/usr\//, '/')
  const both = paths.flatMap((path) => [plain(path), `/usr${plain(path)}`])
  // Ends with 1, as one of the two names of each is found nowhere.
  const { stdout } = spawnSync('dpkg-query', ['-S', ...both], { encoding: 'utf8' })
  const found = [...stdout.matchAll(/^([^:, ]+).*: (\/.+)$/gm)]
  const owners = new Map(found.map(([, name, path]) => [plain(path), name]))
  return new Map(paths.map((path) => [path, owners.get(plain(path)) ?? 'no package']))
}

/** An installed package, all that it depends on, and what those depend on in turn; what is only recommended is not. */
export function withAllThatItNeeds(name: string): Set<string> {
  const format = '${Package}\t${Pre-Depends}, ${Depends}\t${Provides}\t${db:Status-Status}\n'
  const names = (list: string): string[] =>
    list.split(/[,|]/).flatMap((part) => /^\s*([^\s:(]+)/.exec(part)?.[1] ?? [])
  const depends = new Map<string, string[]>()
  const providers = new Map<string, string[]>()
  for (const line of run('dpkg-query', '-W', '-f', format).split('\n')) {
    const [own, needs, provides, status] = line.split('\t')
    if (status !== 'installed') continue
    depends.set(own, names(needs))
    for (const name of [own, ...names(provides)]) providers.set(name, [...(providers.get(name) ?? []), own])
  }
  const reached = new Set<string>()
  const waiting = [name]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const own of providers.get(next) ?? [])
      if (!reached.has(own)) {
        reached.add(own)
        waiting.push(...(depends.get(own) ?? []))
      }
  return reached
}
