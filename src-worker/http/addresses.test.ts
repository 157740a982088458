import { expect, it } from 'vitest'
import { fileIdentity, parseAddress, withoutQuery } from './addresses'

const identity = (href: string): string => fileIdentity(new URL(href))

it('knows a file by its address whatever its signature', () => {
  const plain = 'https://a.blob.core.windows.net/c/x.tif'
  expect(identity(`${plain}?st=1&se=2&sp=rl&sv=3&sr=c&sig=abc`)).toBe(plain)
  expect(identity(`${plain}?X-Amz-Signature=abc&X-Amz-Expires=3&X-Amz-Date=x`)).toBe(plain)
})

it('tells files apart by parameters that are no signature, without showing them', () => {
  const one = identity('https://host/download?id=secret1')
  expect(one).not.toBe(identity('https://host/download?id=secret2'))
  expect(one).not.toContain('secret')
  // `sp` and the like belong to a signature only where there is one.
  expect(identity('https://host/x?sp=1')).not.toBe(identity('https://host/x?sp=2'))
})

it('leaves queries, fragments and user names out of what is shown', () => {
  expect(withoutQuery(new URL('https://me:pass@host:81/a?b=c#d'))).toBe('https://host:81/a')
})

it.each(['ftp://host/x?sig=secret', 'file:///x', '/a/path', 'javascript:alert(1)', 'https://', ''])(
  'refuses %s',
  (href) => {
    expect(() => parseAddress(href)).toThrow(expect.objectContaining({ tag: 'source-answer' }) as Error)
    try {
      parseAddress(href)
    } catch (thrown) {
      expect(JSON.stringify(thrown)).not.toContain('secret')
    }
  },
)
