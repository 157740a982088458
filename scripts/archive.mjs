// Makes the program for machines that have nothing and no network, such as the nodes of a cluster: npm run archive. One archive
// with the Node that runs this script, what was built, and the packages that it needs at run time; without the desktop window.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { neededFolders } from './shipped-packages.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const { name, version, type, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const NAME = `gedi-dataset-${version}-${process.platform}-${process.arch}`
const OUTPUT = resolve(process.argv[2] ?? join(ROOT, 'out/packaged'))
const FOLDER = join(OUTPUT, NAME)

/** Parts of packages that no program needs at run time; paths below node_modules. */
const NOT_NEEDED = [
  /\.(map|ts|mts|cts|tsx|flow|markdown)$/,
  /\.(iife|umd)\.js$/,
  /\/(test|tests|__tests__|examples?|bench|benchmark|\.github)\//,
  /^dejavu-fonts-ttf\/ttf\/(?!DejaVuSans(-Bold)?\.ttf$)./,
  /^h5wasm\/(src|dist\/esm|dist\/iife)\//,
  /^zod\/src\//,
  /^geotiff\/(src|dist-browser)\//,
]

/** Finds the folder of the program wherever it was unpacked, also through a link, and needs nothing of the environment. */
const LAUNCHER = `#!/bin/sh
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/../node/node" "$here/../dist/main/cli.js" "$@"
`

if (process.platform === 'win32') fail('The archive is for Linux and macOS.')
if (!existsSync(join(ROOT, 'dist/main/cli.js'))) fail('Nothing is built yet: npm run build.')
run(process.execPath, join(ROOT, 'scripts/notices.mjs'))
rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(join(FOLDER, 'bin'), { recursive: true })
mkdirSync(join(FOLDER, 'node'))
cpSync(process.execPath, join(FOLDER, 'node/node'), { dereference: true })
copyLicenceOfNode()
writeFileSync(join(FOLDER, 'bin/gedi-dataset'), LAUNCHER)
chmodSync(join(FOLDER, 'bin/gedi-dataset'), 0o755)
writeFileSync(
  join(FOLDER, 'package.json'),
  `${JSON.stringify({ name, version, type, license, private: true }, null, 2)}\n`,
)
const isOfElectron = (path) => path === join(ROOT, 'dist/main/app.js')
for (const part of [
  'dist/main',
  'dist/renderer',
  'assets/sample',
  'docs',
  'LICENSE',
  'CHANGELOG.md',
  'README.md',
])
  cpSync(join(ROOT, part), join(FOLDER, part), { recursive: true, filter: (from) => !isOfElectron(from) })
cpSync(join(ROOT, 'dist/notices/THIRD-PARTY-NOTICES.md'), join(FOLDER, 'THIRD-PARTY-NOTICES.md'))
for (const folder of neededFolders()) copyPackage(folder)
const archive = `${FOLDER}.tar.gz`
run('tar', '--create', '--gzip', `--file=${archive}`, `--directory=${dirname(FOLDER)}`, basename(FOLDER))
rmSync(FOLDER, { recursive: true })
process.stdout.write(`${archive}, ${(statSync(archive).size / 1e6).toFixed(1)} MB\n`)

/** Node's own archives have it beside `bin`, Debian's package among its documents. */
function copyLicenceOfNode() {
  const program = realpathSync(process.execPath)
  const places = [resolve(program, '../../LICENSE'), resolve(program, '../../share/doc/nodejs/LICENSE')]
  const licence = places.find((path) => existsSync(path) && readFileSync(path, 'utf8').includes('Node.js'))
  if (licence !== undefined) cpSync(licence, join(FOLDER, 'node/LICENSE'), { dereference: true })
  else
    process.stderr.write(
      'The licence of Node was not found: put it beside node/node before you hand the archive on.\n',
    )
}

/** Packages inside of a package are packages of their own, and copied where they are needed. */
function copyPackage(folder) {
  const isNeeded = (from) => {
    if (from !== folder && basename(from) === 'node_modules') return false
    const path = relative(join(ROOT, 'node_modules'), from)
    return !NOT_NEEDED.some((pattern) => pattern.test(statSync(from).isDirectory() ? `${path}/` : path))
  }
  cpSync(folder, join(FOLDER, relative(ROOT, folder)), { recursive: true, filter: isNeeded })
}

function run(program, ...words) {
  const { status } = spawnSync(program, words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) fail(`${program} ${words.join(' ')} failed.`)
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
