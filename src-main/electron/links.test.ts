import { describe, expect, it } from 'vitest'
import { isAllowedLink } from './links'

describe('links out of the window', () => {
  it('lead to the sites that the window names', () => {
    expect(isAllowedLink('https://www.openstreetmap.org/copyright')).toBe(true)
    expect(isAllowedLink('https://daac.ornl.gov/cgi-bin/dsviewer.pl?ds_id=2056')).toBe(true)
  })

  it.each([
    'http://www.openstreetmap.org/copyright',
    'https://evil.example/www.openstreetmap.org',
    'https://www.openstreetmap.org.evil.example/',
    'https://www.openstreetmap.org@evil.example/',
    'https://user:pass@www.openstreetmap.org/',
    'https://www.openstreetmap.org:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://studio/index.html',
    'smb://server/share',
    'nonsense',
    '',
  ])('lead nowhere else: %s', (link) => {
    expect(isAllowedLink(link)).toBe(false)
  })
})
