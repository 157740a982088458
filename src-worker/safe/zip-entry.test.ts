import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { InflatedEntries } from './inflated-entries'
import { isZipEntry, openZipEntrySource, zipEntryHref } from './zip-entry'
import { writeZip, type TestEntry } from './zip-fixture'

const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 251))
let count = 0

/** The address of one entry of a new archive, between two others. */
function archive(entry: Partial<TestEntry> = {}): { href: string; zip: string } {
  const zip = join(folder, `a${count++}.zip`)
  writeZip(zip, [
    { name: 'before', content: 'x' },
    { name: 'p.SAFE/b.jp2', content, ...entry },
    { name: 'after', content: 'y' },
  ])
  return { href: zipEntryHref(zip, 'p.SAFE/b.jp2'), zip }
}

const inflatedIn = (name: string, maxBytes?: number): [InflatedEntries, string] => [
  new InflatedEntries(join(folder, name), maxBytes),
  join(folder, name),
]

describe('a file in a zip archive', () => {
  it.each([false, true])(
    'reads as the file itself, here and there and at its end (deflated: %s)',
    async (deflated) => {
      const { href } = archive({ deflated })
      const source = await openZipEntrySource(href, signal)
      expect(source.name).toBe(href)
      const ranges = [
        { offset: 4990, length: 100 },
        { offset: 0, length: 5 },
        { offset: 1000, length: 2000 },
        { offset: 6000, length: 10 },
      ]
      const parts = await source.read(ranges, signal)
      const expected = ranges.map(({ offset, length }) => content.subarray(offset, offset + length))
      expect(parts.map((part) => Buffer.from(part))).toEqual(expected)
      await source.close()
    },
  )

  it('is inflated once, into the folder that is given, also for the next process', async () => {
    const { href } = archive({ deflated: true })
    const [first, place] = inflatedIn('once')
    const sources = await Promise.all([
      openZipEntrySource(href, signal, first),
      openZipEntrySource(href, signal, first),
    ])
    const [name, ...others] = readdirSync(place)
    expect(others).toEqual([])
    const { mtimeMs, ino } = statSync(join(place, name))
    sources.push(await openZipEntrySource(href, signal, new InflatedEntries(place)))
    expect(statSync(join(place, name))).toMatchObject({ mtimeMs, ino })
    for (const source of sources) await source.close()
  })

  it.each<[string, Partial<TestEntry>, RegExp]>([
    ['is larger than it says', { deflated: true, claimedSize: 100 }, /too many bytes/],
    ['is smaller than it says', { deflated: true, claimedSize: 9000 }, /not enough bytes/],
    ['has another checksum', { deflated: true, claimedCrc: 1 }, /checksum/],
    ['would fill the disk', { deflated: true, claimedSize: 2 ** 31 }, /would be/],
    ['grows too much', { deflated: true, content: Buffer.alloc(2 ** 22) }, /would grow/],
    ['is encrypted', { encrypted: true }, /encrypted/],
    ['is a link', { link: true }, /link/],
  ])('that %s is not unpacked', async (_, entry, message) => {
    const { href, zip } = archive(entry)
    const [inflated, place] = inflatedIn(`bad${count}`)
    const error: unknown = await openZipEntrySource(href, signal, inflated).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ tag: 'archive-invalid', file: zip })
    expect(String(error)).toMatch(message)
    expect(leftIn(place)).toEqual([])
  })

  it('is not inflated where all of them would take too much', async () => {
    const [inflated] = inflatedIn('full', 7000)
    await (await openZipEntrySource(archive({ deflated: true }).href, signal, inflated)).close()
    const error: unknown = await openZipEntrySource(archive({ deflated: true }).href, signal, inflated).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ tag: 'archive-invalid' })
  })

  it('that is not there, or whose archive is cut off or no zip, is an error with the archive’s name', async () => {
    const { zip } = archive()
    const bytes = readFileSync(zip)
    const cut = join(folder, 'cut.zip')
    writeFileSync(cut, bytes.subarray(0, bytes.length - 30))
    const text = join(folder, 'text.zip')
    writeFileSync(text, 'no archive')
    for (const [path, name] of [
      [zip, 'p.SAFE/other'],
      [cut, 'before'],
      [text, 'a'],
      [join(folder, 'none.zip'), 'a'],
    ]) {
      const error: unknown = await openZipEntrySource(zipEntryHref(path, name), signal).catch(
        (e: unknown) => e,
      )
      expect(error).toMatchObject({ tag: 'archive-invalid', file: path })
    }
  })

  it('whose archive lost bytes after its directory was read ends early', async () => {
    const { href, zip } = archive()
    const source = await openZipEntrySource(href, signal)
    writeFileSync(zip, readFileSync(zip).subarray(0, 1000))
    const [bytes] = await source.read([{ offset: 0, length: 5000 }], signal)
    expect(bytes.length).toBeLessThan(1000)
    await source.close()
  })

  it('is told from other files', () => {
    expect(isZipEntry('/data/a.zip!/b.SAFE/c.jp2')).toBe(true)
    expect(isZipEntry(String.raw`C:\data\A.ZIP!/b.jp2`)).toBe(true)
    for (const href of ['/data/a.zip', '/data/a.tif', 'https://host/a.zip!/b.jp2'])
      expect(isZipEntry(href)).toBe(false)
  })
})

function leftIn(place: string): string[] {
  try {
    return readdirSync(place)
  } catch {
    return []
  }
}
