#!/usr/bin/env node
// A stand-in for fpm, for tests alone. electron-builder has fpm make the deb; fpm comes from a place that not every machine
// can reach, and Debian has none. This takes the words that electron-builder gives fpm for a deb and has Debian's dpkg-deb
// make it, so that the folder, the scripts, the entry for menus, the icons and the dependencies are those that people get.
// What fpm adds of its own, a changelog without content and checksums, is left out. A word that it does not know ends it.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Words with one value, by the field of the control file that they become; null: they are used otherwise. */
const VALUES = {
  '-s': null,
  '-t': null,
  '--package': null,
  '--after-install': null,
  '--after-remove': null,
  '--deb-compression': null,
  '--description': null,
  '--name': 'Package',
  '--version': 'Version',
  '--license': 'License',
  '--vendor': 'Vendor',
  '--architecture': 'Architecture',
  '--maintainer': 'Maintainer',
  '--category': 'Section',
  '--deb-priority': 'Priority',
  '--url': 'Homepage',
}
/** Words that may stand more than once. */
const LISTS = { '-d': 'Depends', '--deb-recommends': 'Recommends' }
/** As dpkg-deb calls what fpm calls so; zst is the quickest, and the tests take it. */
const COMPRESSIONS = { xz: 'xz', gz: 'gzip', zst: 'zstd' }

const { values, lists, files } = read(process.argv.slice(2))
const stage = mkdtempSync(join(tmpdir(), 'stand-in-fpm-'))
try {
  chmodSync(stage, 0o755)
  for (const [from, to] of files) place(from, join(stage, to))
  const kilobytes = Math.ceil(bytesBelow(stage) / 1024)
  mkdirSync(join(stage, 'DEBIAN'))
  writeFileSync(join(stage, 'DEBIAN/control'), control(kilobytes))
  for (const [word, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ]) {
    cpSync(given(word), join(stage, 'DEBIAN', name))
    chmodSync(join(stage, 'DEBIAN', name), 0o755)
  }
  const compression =
    COMPRESSIONS[given('--deb-compression')] ?? refuse('the compression', given('--deb-compression'))
  const words = ['--root-owner-group', `-Z${compression}`, ...(compression === 'zstd' ? ['-z1'] : [])]
  const made = spawnSync('dpkg-deb', [...words, '--build', stage, given('--package')], { stdio: 'inherit' })
  process.exitCode = made.status ?? 1
} finally {
  rmSync(stage, { recursive: true, force: true })
}

function read(words) {
  const result = { values: {}, lists: {}, files: [] }
  while (words.length > 0) {
    const word = words.shift()
    if (word in VALUES) {
      if (word in result.values) refuse('twice', word)
      result.values[word] = words.shift() ?? refuse('no value for', word)
    } else if (word in LISTS) (result.lists[word] ??= []).push(words.shift() ?? refuse('no value for', word))
    else if (/^[^-].*=\//.test(word)) result.files.push(word.split(/=(?=\/)/, 2))
    else if (word !== '--force') refuse('the word', word)
  }
  if (result.values['-s'] !== 'dir') refuse('the source', result.values['-s'])
  if (result.values['-t'] !== 'deb') refuse('the target', result.values['-t'])
  return result
}

function given(word) {
  return values[word] ?? refuse('it lacks', word)
}

/** A folder named with a slash at its end stands for what is in it, as with fpm. */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  if (statSync(from).isDirectory() && !from.endsWith('/')) refuse('the folder', from)
  cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
}

function control(kilobytes) {
  const fields = Object.entries(VALUES).flatMap(([word, field]) =>
    field !== null && word in values ? [`${field}: ${values[word]}`] : [],
  )
  const packages = Object.entries(lists).map(([word, names]) => `${LISTS[word]}: ${names.join(', ')}`)
  const [first, ...further] = given('--description').split('\n')
  const description = [first, ...further.map((line) => (/^ *$/.test(line) ? ' .' : ` ${line}`))]
  return [
    ...fields,
    `Installed-Size: ${kilobytes}`,
    ...packages,
    `Description: ${description.join('\n')}`,
    '',
  ].join('\n')
}

function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function refuse(what, value) {
  process.stderr.write(`stand-in for fpm: ${what} ${value}: not known here\n`)
  process.exit(2)
}
