import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ROOT } from './pages'

export interface Tried {
  status: number | null
  /** Standard output and error as they came. */
  shown: string
}

/** A copy of the project as a stranger has it after cloning, with what `npm ci` and the build have made here. */
export interface ScratchClone {
  folder: string
  /** Runs commands in it by a shell that stops at the first one that fails. */
  run(code: string, options: { env?: Record<string, string>; until?: string | null }): Promise<Tried>
  /** Runs another program in it. */
  runProgram(program: string, args: readonly string[]): Tried
  close(): void
}

/** `npm ci` has been run: its result is shared. Everything else goes to npm itself, which asks no registry. */
const NPM = `#!/bin/sh
[ "$1" = ci ] && exit 0
exec "$REAL_NPM" "$@"
`

/** Makes the copy below the system's folder for temporary files. */
export function makeScratchClone(): ScratchClone {
  const place = mkdtempSync(join(tmpdir(), 'gedi-docs-'))
  const folder = join(place, 'clone')
  mkdirSync(folder)
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  for (const name of names.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    cpSync(join(ROOT, name), join(folder, name), { preserveTimestamps: true })
  }
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true, preserveTimestamps: true })
  shareModules(folder)
  const shims = join(place, 'shims')
  const global = join(place, 'global')
  mkdirSync(shims)
  mkdirSync(join(global, 'lib'), { recursive: true })
  writeFileSync(join(shims, 'npm'), NPM)
  chmodSync(join(shims, 'npm'), 0o755)
  const env = environment(place, [shims, join(global, 'bin')])
  return {
    folder,
    run: (code, { env: more = {}, until = null }) => runShell(code, folder, { ...env, ...more }, until),
    runProgram: (program, args) => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' })
      return { status, shown: `${stdout}${stderr}` }
    },
    close: () => rmSync(place, { recursive: true, force: true }),
  }
}

/** Files that share their content with those here, where both folders lie on one disk. */
function shareModules(folder: string): void {
  const modules = join(ROOT, 'node_modules')
  const linked = spawnSync('cp', ['-al', modules, folder], { stdio: 'ignore' })
  if (linked.status === 0) return
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  cpSync(modules, join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
}

/** What a person's shell has who sits at a machine without a display and a network. */
function environment(place: string, first: readonly string[]): Record<string, string> {
  const path = process.env.PATH ?? ''
  return {
    PATH: [...first, path].join(delimiter),
    HOME: place,
    LANG: 'C.UTF-8',
    REAL_NPM: execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim(),
    npm_config_prefix: join(place, 'global'),
    npm_config_cache: join(place, 'npm-cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
}

function runShell(
  code: string,
  cwd: string,
  env: Record<string, string>,
  until: string | null,
): Promise<Tried> {
  // A group of its own: what Ctrl-C in a terminal reaches.
  const child = spawn('sh', ['-e', '-c', code], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let shown = ''
  let ended = false
  const hear = (text: string): void => {
    shown += text
    if (until === null || ended || !shown.includes(until)) return
    ended = true
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, shown }))
  })
}
