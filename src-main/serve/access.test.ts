import { describe, expect, it } from 'vitest'
import { Access } from './access'

const access = new Access('127.0.0.1', 8765)
const nothing = { host: undefined, origin: undefined, cookie: undefined, fetchSite: undefined }
/** The part of the cookie that a browser sends back. */
const pairOf = (cookie: string | null): string => cookie?.split(';')[0] ?? ''

describe('the name that a browser uses', () => {
  it.each([
    '127.0.0.1:8765',
    '127.0.0.1',
    '127.3.2.1:8765',
    'localhost:8765',
    'LOCALHOST',
    '[::1]:8765',
    'localhost:9000', // behind a tunnel the port is another
  ])('may be one of this machine itself: %s', (host) => {
    expect(access.allowsHost({ ...nothing, host })).toBe(true)
  })

  it.each([
    'evil.example',
    'evil.example:8765',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.7:8765',
    'localhost@evil.example',
    'localhost:8765:1',
    '[::1',
    '',
    undefined,
  ])('may be no other: %s', (host) => {
    expect(access.allowsHost({ ...nothing, host })).toBe(false)
  })

  it('may be the one that the server was given', () => {
    const named = new Access('Workstation.lab.example', 1)
    expect(named.allowsHost({ ...nothing, host: 'workstation.lab.example:1' })).toBe(true)
    expect(named.allowsHost({ ...nothing, host: 'other.lab.example:1' })).toBe(false)
  })

  it('may be any address of the machine where the server listens on all, and yet no foreign name', () => {
    const everywhere = new Access('0.0.0.0', 1)
    expect(everywhere.allowsHost({ ...nothing, host: '127.0.0.1:1' })).toBe(true)
    expect(everywhere.allowsHost({ ...nothing, host: 'evil.example:1' })).toBe(false)
    expect(everywhere.allowsHost({ ...nothing, host: '0.0.0.0:1' })).toBe(false)
  })
})

describe('the origin of what changes or connects', () => {
  const host = 'localhost:9000'
  it('is the page that the same server gave, under the name and port that the browser knows', () => {
    expect(access.isFromOurPage({ ...nothing, host, origin: 'http://localhost:9000' })).toBe(true)
  })

  it.each(['http://evil.example', 'http://localhost:9001', 'https://localhost:9000', 'null', '', undefined])(
    'is not %s',
    (origin) => {
      expect(access.isFromOurPage({ ...nothing, host, origin })).toBe(false)
    },
  )
})

describe('the token', () => {
  it('is long, new for every server, and exchanged for a cookie that scripts cannot read', () => {
    expect(Buffer.from(access.token, 'base64url')).toHaveLength(32)
    expect(new Access('127.0.0.1', 8765).token).not.toBe(access.token)
    expect(access.exchange(access.token)).toMatch(
      /^gedi-studio-[0-9a-f]{12}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
  })

  it('does not itself serve as the cookie', () => {
    const pair = pairOf(access.exchange(access.token))
    expect(access.hasSession({ ...nothing, cookie: `other=1; ${pair}` })).toBe(true)
    const [name] = pair.split('=')
    expect(access.hasSession({ ...nothing, cookie: `${name}=${access.token}` })).toBe(false)
  })

  it.each(['', 'x', 'a'.repeat(43)])('is refused where it is wrong: %j', (token) => {
    expect(access.exchange(token)).toBeNull()
  })

  it('of another server gives a cookie that this one does not take', () => {
    const other = new Access('127.0.0.1', 8765)
    const cookie = pairOf(other.exchange(other.token))
    expect(access.hasSession({ ...nothing, cookie })).toBe(false)
    expect(access.hasSession(nothing)).toBe(false)
  })

  it('of a server on another port gives a cookie of another name, as cookies know no ports', () => {
    const other = new Access('127.0.0.1', 8766)
    const names = [access, other].map((one) => pairOf(one.exchange(one.token)).split('=')[0])
    expect(names[0]).not.toBe(names[1])
  })
})
