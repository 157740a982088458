import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listFolder } from './folder-listing'
import { Roots } from './roots'
import { ServerFace } from './server-face'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'gedi-roots-')))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const home = join(place, 'home')
const outside = join(place, 'outside')
for (const folder of [
  'home/granules/2020',
  'home/project',
  'home/.secret',
  'home/b10',
  'home/b9',
  'outside/data',
]) {
  mkdirSync(join(place, folder), { recursive: true })
}
writeFileSync(join(home, 'project', 'project.json'), '{}')
for (const name of ['GEDI04_A_2.h5', 'GEDI04_A_10.h5', 'notes.txt', '.hidden.h5', 'train.CSV']) {
  writeFileSync(join(home, 'granules', name), 'content')
}
symlinkSync(outside, join(home, 'archive'))
symlinkSync(join(home, 'granules'), join(home, 'current'))
symlinkSync(join(place, 'nowhere'), join(home, 'broken'))

const roots = new Roots([home])
const face = new ServerFace(roots)

/** Does something as a user who owns nothing here; only root can. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  process.seteuid?.(65_534)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
  }
}

describe('the list of folders', () => {
  it('begins at the first root', async () => {
    const listing = await face.browse(null, 'project')
    expect(listing).toMatchObject({ path: home, parent: null, roots: [home], truncated: false })
  })

  it('is sorted as people count, without hidden entries and links that lead nowhere', async () => {
    const { entries } = await face.browse(home, 'project')
    expect(entries.map(({ name }) => name)).toEqual([
      'archive',
      'b9',
      'b10',
      'current',
      'granules',
      'project',
    ])
  })

  it('marks projects', async () => {
    const { entries } = await face.browse(home, 'project')
    expect(entries.filter(({ project }) => project).map(({ name }) => name)).toEqual(['project'])
  })

  it('shows the files that fit what is wanted, after the folders', async () => {
    const namesFor = async (kind: 'granules' | 'granule-files' | 'table'): Promise<string[]> =>
      (await face.browse(join(home, 'granules'), kind)).entries.map(({ name }) => name)
    expect(await namesFor('granules')).toEqual(['2020'])
    expect(await namesFor('granule-files')).toEqual(['2020', 'GEDI04_A_2.h5', 'GEDI04_A_10.h5'])
    expect(await namesFor('table')).toEqual(['2020', 'train.CSV'])
  })

  it('gives sizes of files, and the folder above', async () => {
    const { entries, parent } = await face.browse(join(home, 'granules'), 'table')
    expect(entries).toContainEqual({
      name: 'train.CSV',
      path: join(home, 'granules', 'train.CSV'),
      folder: false,
      bytes: 7,
      project: false,
    })
    expect(parent).toBe(home)
  })

  it('is cut where it would be too long, and says so', async () => {
    const folder = join(home, 'granules')
    const short = await listFolder(folder, 'granule-files', roots, 2)
    expect([short.entries.map(({ name }) => name), short.truncated]).toEqual([
      ['2020', 'GEDI04_A_2.h5'],
      true,
    ])
    const whole = await listFolder(folder, 'granule-files', roots, 3)
    expect([whole.entries.length, whole.truncated]).toEqual([3, false])
  })

  it.each([
    ['another folder', outside],
    ['a way up', join(home, '..', 'outside')],
    ['a link', join(home, 'archive')],
    ['a folder behind a link', join(home, 'archive', 'data')],
    ['a folder of a similar name', `${home}-other`],
    ['the root of the disk', '/'],
  ])('does not lead out of the roots by %s', async (_, path) => {
    await expect(face.browse(path, 'project')).rejects.toMatchObject({ tag: 'path-not-allowed' })
  })

  it('says how to allow a place that is refused', async () => {
    await expect(face.browse(join(home, 'archive'), 'project')).rejects.toMatchObject({
      file: outside,
      hint: `Start the server with --root ${outside} to allow it.`,
    })
  })

  it('follows links that stay inside', async () => {
    expect((await face.browse(join(home, 'current'), 'project')).path).toBe(join(home, 'granules'))
  })

  it('says of a folder that is gone, or is none, what it is', async () => {
    const wanted = { tag: 'input-missing', file: join(home, 'gone'), message: 'There is no such folder.' }
    await expect(face.browse(join(home, 'gone'), 'project')).rejects.toMatchObject(wanted)
    const file = join(home, 'granules', 'notes.txt')
    await expect(face.browse(file, 'project')).rejects.toMatchObject({
      tag: 'input-missing',
      message: 'This is no folder.',
    })
  })

  it.skipIf(process.getuid?.() !== 0)('says of a folder that may not be read that it may not', async () => {
    const locked = join(home, 'b9')
    chmodSync(place, 0o755)
    chmodSync(locked, 0o700)
    await asNobody(() =>
      expect(face.browse(locked, 'project')).rejects.toMatchObject({
        tag: 'input-missing',
        file: locked,
        hint: 'Check its permissions.',
      }),
    )
  })
})

describe('several roots', () => {
  it('lead to each other, and up as far as one of them reaches', async () => {
    const both = new ServerFace(new Roots([join(home, 'granules'), home, outside, home]))
    const listing = await both.browse(join(home, 'granules'), 'project')
    expect(listing.roots).toEqual([join(home, 'granules'), home, outside])
    expect(listing.parent).toBe(home)
    expect((await both.browse(join(home, 'archive'), 'project')).path).toBe(outside)
  })
})

describe('making a folder', () => {
  it('makes it inside the roots', async () => {
    const path = await face.makeFolder(join(home, 'current'), ' Black Forest ')
    expect(path).toBe(join(home, 'granules', 'Black Forest'))
    expect(existsSync(path)).toBe(true)
    await expect(face.makeFolder(home, 'granules')).rejects.toMatchObject({
      tag: 'output-unwritable',
      message: 'Something of this name is there already.',
    })
  })

  it.each(['', '  ', '..', '.x', 'a/b', '../b', 'a\\b', 'a\nb', 'a\0b', 'x'.repeat(121)])(
    'refuses the name %j',
    async (name) => {
      await expect(face.makeFolder(home, name)).rejects.toMatchObject({ tag: 'output-unwritable' })
    },
  )

  it('refuses to make it elsewhere', async () => {
    await expect(face.makeFolder(join(home, 'archive'), 'new')).rejects.toMatchObject({
      tag: 'path-not-allowed',
    })
    expect(existsSync(join(outside, 'new'))).toBe(false)
  })
})

describe('the grants of the served application', () => {
  it('hold for what really lies below the roots, there already or not', () => {
    expect(face.grants.allows(join(home, 'project'))).toBe(true)
    expect(face.grants.allows(join(home, 'new', 'project'))).toBe(true)
    expect(face.grants.allows(join(home, 'archive', 'project'))).toBe(false)
    expect(face.grants.allows(outside)).toBe(false)
  })

  it('can be widened to a project elsewhere', () => {
    const own = new ServerFace(roots)
    own.grants.grant(join(home, 'archive', 'data'))
    expect(own.grants.allows(join(outside, 'data', 'x'))).toBe(true)
    expect(own.grants.allows(outside)).toBe(false)
  })
})

describe('what needs a desktop', () => {
  it('is refused with a word on what there is instead', async () => {
    await expect(face.choosePlaces()).rejects.toMatchObject({ tag: 'usage' })
    await expect(face.showFolder()).rejects.toMatchObject({ tag: 'usage' })
  })
})
