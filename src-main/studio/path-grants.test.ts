import { describe, expect, it } from 'vitest'
import { PathGrants } from './path-grants'

describe('paths the window may name', () => {
  const grants = new PathGrants(['/data/gedi'])

  it.each(['/data/gedi', '/data/gedi/2020/a.h5', '/data/gedi/../gedi/b'])(
    'are those that were given: %s',
    (path) => {
      expect(grants.allows(path)).toBe(true)
    },
  )

  it.each(['/data', '/data/gedi-2', '/data/gedi/../../etc/passwd', '/', '/data/gedi/..'])(
    'and no others: %s',
    (path) => {
      expect(grants.allows(path)).toBe(false)
      expect(() => grants.check(path)).toThrow(/not chosen/)
    },
  )

  it('grow with what people choose', () => {
    expect(grants.allows('/maps')).toBe(false)
    grants.grant('/maps')
    expect(grants.allows('/maps/tile.tif')).toBe(true)
  })
})
