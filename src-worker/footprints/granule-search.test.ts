import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findGranules } from './granule-search'

const granule = (orbit: number): string => `GEDI04_A_2020159041109_O0${orbit}_02_T08331_02_002_02_V002.h5`

let folder = ''
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'granules-')))
})
afterEach(() => rm(folder, { recursive: true }))

async function put(path: string, content = 'x'): Promise<string> {
  const file = join(folder, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, content)
  return file
}

describe('granule search', () => {
  it('finds granules in nested folders, sorted by name, whatever the order of inputs', async () => {
    await put(`a/deep/er/${granule(8333)}`)
    await put(`b/${granule(8331)}`)
    const single = await put(`c/${granule(8332).replace('.h5', '.HDF5')}`)
    const inputs = [join(folder, 'a'), join(folder, 'b'), single]
    const forward = await findGranules(inputs)
    expect(forward.granules.map((g) => g.name)).toEqual([
      granule(8331),
      granule(8332).replace('.h5', '.HDF5'),
      granule(8333),
    ])
    expect(forward.problems).toEqual([])
    expect(await findGranules(inputs.toReversed())).toEqual(forward)
  })

  it('reports foreign HDF5 files by name and passes over everything else', async () => {
    await put(granule(8331))
    const notes = await put('x/notes.h5')
    await put('readme.txt')
    await put(`${granule(8334)}.part`)
    await put(`.trash/${granule(8335)}`)
    await put(`._${granule(8336)}`)
    const { granules, problems } = await findGranules([folder])
    expect(granules.map((g) => g.name)).toEqual([granule(8331)])
    expect(problems.map((p) => [p.tag, p.file])).toEqual([['granule-foreign', notes]])
  })

  it('takes the larger of two files with the same name and names the other', async () => {
    const small = await put(`a/${granule(8331)}`, 'xx')
    const large = await put(`b/${granule(8331)}`, 'xxxx')
    for (const inputs of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const { granules, problems } = await findGranules(inputs.map((input) => join(folder, input)))
      expect(granules.map((g) => [g.path, g.size])).toEqual([[large, 4]])
      expect(problems.map((p) => p.file)).toEqual([small])
    }
  })

  it('says nothing of equal copies and of overlapping inputs', async () => {
    const first = await put(`a/${granule(8331)}`)
    await put(`b/${granule(8331)}`)
    const { granules, problems } = await findGranules([folder, join(folder, 'b'), first])
    expect(granules.map((g) => g.path)).toEqual([first])
    expect(problems).toEqual([])
  })

  it('follows symbolic links without running in circles', async () => {
    await put(`store/${granule(8331)}`)
    await mkdir(join(folder, 'in'))
    await symlink(join(folder, 'store'), join(folder, 'in', 'link'))
    await symlink(join(folder, 'in'), join(folder, 'in', 'loop'))
    await symlink(join(folder, 'absent'), join(folder, 'in', 'dangling.h5'))
    const { granules, problems } = await findGranules([join(folder, 'in')])
    expect(granules.map((g) => g.path)).toEqual([join(folder, 'in', 'link', granule(8331))])
    expect(problems.map((p) => [p.tag, p.file])).toEqual([
      ['input-missing', join(folder, 'in', 'dangling.h5')],
    ])
  })

  it('refuses an input that does not exist', async () => {
    const absent = join(folder, 'absent')
    await expect(findGranules([absent])).rejects.toMatchObject({ tag: 'input-missing', file: absent })
  })

  it('finds nothing in an empty folder', async () => {
    expect(await findGranules([folder])).toEqual({ granules: [], problems: [] })
  })
})
