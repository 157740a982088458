import { expect } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Window } from '../window/window-page'
import { apt, aptFinds, knownPackages, librariesOf, packagesOf, run, withAllThatItNeeds } from './debian'
import { test } from './own-folder'
import { faultsOf, SAMPLE, sampleToDatasets, spawnAsPerson, startPacked } from './packed-program'

/** The package of the packed folder, which run.mjs makes where it may be installed; empty elsewhere. */
const DEB = z.string().default('').parse(process.env.E2E_DEB)
const NAME = 'gedi-dataset-studio'
const FOLDER = '/opt/GEDI Dataset Studio'
const ON_PATH = '/usr/bin/gedi-dataset-studio'
const ENTRY = '/usr/share/applications/gedi-dataset-studio.desktop'

test('the stand-in for fpm ends at a word that it does not know', () => {
  const words = ['-s', 'dir', '-t', 'deb', '--after-upgrade', 'script']
  const { status, stderr } = spawnSync(join(import.meta.dirname, 'stand-in-fpm.mjs'), words, {
    encoding: 'utf8',
  })
  expect(stderr).toContain('the word --after-upgrade')
  expect(status).toBe(2)
})

test.describe.serial('the deb', () => {
  test.skip(DEB === '', 'run.mjs says why it is left out')
  let before: string[] = []

  test.beforeAll(() => {
    before = knownPackages()
    expect(before).not.toContain(NAME)
    if (!aptFinds(DEB)) apt('update')
    apt('install', DEB)
  })

  test.afterAll(() => {
    const brought = knownPackages().filter((name) => !before.includes(name))
    if (brought.length > 0) apt('purge', ...brought)
  })

  test('it says what it is', () => {
    const field = (name: string): string => run('dpkg-query', '-W', '-f', `\${${name}}`, NAME)
    expect(field('db:Status-Status')).toBe('installed')
    expect(field('Architecture')).toBe({ x64: 'amd64', arm64: 'arm64' }[process.arch as string])
    expect(field('Section')).toBe('science')
    expect(field('Description')).toMatch(/^Training datasets from GEDI and Sentinel-2\n/)
    const folder = Number(run('du', '-sk', '--apparent-size', FOLDER).split('\t')[0])
    expect(Number(field('Installed-Size')) / folder).toBeCloseTo(1, 1)
  })

  test('every library that it asks the system for comes with the packages that it depends on', () => {
    const system = librariesOf(FOLDER).filter((path) => !path.startsWith(FOLDER))
    expect(system.map((path) => path.split('/').at(-1))).toContain('libgtk-3.so.0')
    const needed = withAllThatItNeeds(NAME)
    const foreign = [...packagesOf(system)].filter(([, name]) => !needed.has(name))
    expect(foreign).toEqual([])
  })

  test('the name is on the path, and the desktop knows program, icons and folders', () => {
    expect(run('readlink', '-f', ON_PATH).trim()).toBe(join(FOLDER, NAME))
    expect(run('desktop-file-validate', ENTRY)).toBe('')
    const entry = readFileSync(ENTRY, 'utf8')
    expect(entry).toContain(`\nExec="${FOLDER}/${NAME}" %U\n`)
    expect(entry).toContain('\nMimeType=inode/directory;\n')
    expect(entry).not.toContain('no-sandbox')
    expect(run('gio', 'mime', 'inode/directory')).toContain(`${NAME}.desktop`)
    const icon = (size: string): string => `/usr/share/icons/hicolor/${size}/apps/${NAME}.png`
    const sizes = readdirSync('/usr/share/icons/hicolor').filter((size) => existsSync(icon(size)))
    for (const size of ['16x16', '48x48', '256x256']) expect(sizes).toContain(size)
    for (const size of sizes) {
      const header = readFileSync(icon(size)).subarray(16, 24)
      expect(`${header.readUInt32BE(0)}x${header.readUInt32BE(4)}`).toBe(size)
    }
  })

  test('nobody but root can change it', () => {
    expect(
      run(
        'find',
        FOLDER,
        ON_PATH,
        ENTRY,
        '(',
        '-not',
        '-user',
        'root',
        '-o',
        '-perm',
        '/022',
        ')',
        '-not',
        '-type',
        'l',
      ),
    ).toBe('')
    // The sandbox wants root's rights where the system lets nobody else make one, and nowhere else.
    const open = spawnSync('unshare', ['--user', 'true']).status === 0
    expect(statSync(join(FOLDER, 'chrome-sandbox')).mode & 0o7777).toBe(open ? 0o755 : 0o4755)
  })

  test('the sample goes to finished datasets in its sandbox; "Open with" of its folder reaches the window', async ({
    folder,
  }) => {
    const program = await startPacked(folder, [], ON_PATH)
    const faults = faultsOf(program.page)
    try {
      const window = new Window(program.page, 'desktop', null)
      await expect(window.button('Open sample project')).toBeVisible()
      const page = renderers()
      expect(page).not.toEqual([])
      for (const process of page) {
        expect(readFileSync(`/proc/${process}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m)
        expect(readlinkSync(`/proc/${process}/ns/net`)).not.toBe(readlinkSync('/proc/self/ns/net'))
      }
      await sampleToDatasets(window, folder)
      await window.button('Close project').click()
      await expect(window.button('Open sample project')).toBeVisible()
      const opener = spawnAsPerson(folder, 'gtk-launch', [NAME, join(folder, SAMPLE)])
      expect(await new Promise((done) => opener.once('exit', done))).toBe(0)
      await window.stageIs('Fuse', 'done')
    } finally {
      await program.close()
    }
    expect(faults).toEqual([])
  })

  test('taken away again, it leaves nothing', () => {
    const own = run('dpkg-query', '-L', NAME)
      .trim()
      .split('\n')
      .filter((path) => path.includes(NAME) || path.startsWith(FOLDER))
    expect(own.length).toBeGreaterThan(100)
    apt('remove', NAME)
    const places = [
      ...own,
      ON_PATH,
      `/etc/alternatives/${NAME}`,
      `/var/lib/dpkg/alternatives/${NAME}`,
      `/etc/apparmor.d/${NAME}`,
    ]
    expect(places.filter((path) => existsSync(path))).toEqual([])
    expect(run('gio', 'mime', 'inode/directory')).not.toContain(NAME)
    apt('purge', NAME)
    expect(knownPackages()).not.toContain(NAME)
  })
})

/** The processes that show pages of the installed program. */
function renderers(): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      return words.startsWith(join(FOLDER, NAME)) && words.includes('--type=renderer')
    } catch {
      return false
    }
  })
}
