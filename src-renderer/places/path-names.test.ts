import { describe, expect, it } from 'vitest'
import { baseName, folderNameOf, joinPath, trailOf } from './path-names'

describe('paths', () => {
  it('keep the separator of the machine that they are of', () => {
    expect(joinPath('/data/gedi', '2020')).toBe('/data/gedi/2020')
    expect(joinPath('/', 'data')).toBe('/data')
    expect(joinPath('D:\\data', 'new')).toBe('D:\\data\\new')
    expect(joinPath('D:\\', 'new')).toBe('D:\\new')
  })

  it('have a last name, with or without a separator at the end', () => {
    expect(baseName('/data/gedi/2020/')).toBe('2020')
    expect(baseName('D:\\data\\new')).toBe('new')
    expect(baseName('/')).toBe('/')
  })

  it('lead down from the root that is allowed', () => {
    expect(trailOf('/home/ada/data/gedi', ['/home', '/home/ada'])).toEqual([
      { name: '/home/ada', path: '/home/ada' },
      { name: 'data', path: '/home/ada/data' },
      { name: 'gedi', path: '/home/ada/data/gedi' },
    ])
    expect(trailOf('/home/ada', ['/home/ada'])).toEqual([{ name: '/home/ada', path: '/home/ada' }])
    expect(trailOf('/srv/data', ['/'])).toEqual([
      { name: '/', path: '/' },
      { name: 'srv', path: '/srv' },
      { name: 'data', path: '/srv/data' },
    ])
  })

  it('do not take a folder for a root that only begins like it', () => {
    expect(trailOf('/home/adam', ['/home/ada']).map(({ path }) => path)).toEqual(['/', '/home', '/home/adam'])
  })
})

describe('the folder of a new project', () => {
  it.each([
    ['Black Forest 2020-21', 'black-forest-2020-21'],
    ['  Été / Süd: No. 3 ', 'ete-sud-no.-3'],
    ['../../etc', 'etc'],
    ['森林', '森林'],
    ['///', ''],
  ])('is named after it: %j', (name, folder) => {
    expect(folderNameOf(name)).toBe(folder)
  })
})
