import { describe, expect, it } from 'vitest'
import { contentPolicy } from './content-policy'

const plain = { nonce: 'bm9uY2U=', socketHost: null, tileOrigin: null }

/** The sources of a directive. */
function sourcesOf(policy: string, directive: string): string[] | undefined {
  const found = policy.split('; ').find((part) => part.split(' ')[0] === directive)
  return found?.split(' ').slice(1)
}

describe('the content policy', () => {
  it('lets scripts come from the page itself only, and never be evaluated from text', () => {
    expect(sourcesOf(contentPolicy(plain), 'script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
  })

  it('lets style elements pass only with the nonce of this answer', () => {
    expect(sourcesOf(contentPolicy(plain), 'style-src')).toEqual(["'self'", "'nonce-bm9uY2U='"])
  })

  it('lets the page neither be embedded nor embed, nor send forms, nor change its base', () => {
    const policy = contentPolicy(plain)
    for (const directive of ['frame-ancestors', 'frame-src', 'form-action', 'base-uri', 'object-src']) {
      expect(sourcesOf(policy, directive), directive).toEqual(["'none'"])
    }
  })

  it('names no foreign place by default', () => {
    expect(contentPolicy(plain)).not.toMatch(/https?:|\*/)
  })

  it('names the tile server for pictures and fetches, and for nothing else, once it was turned on', () => {
    const policy = contentPolicy({ ...plain, tileOrigin: 'https://tiles.example.org' })
    const naming = policy.split('; ').filter((part) => part.includes('tiles.example.org'))
    expect(naming.map((part) => part.split(' ')[0])).toEqual(['img-src', 'connect-src'])
  })

  it('names the socket of the served application for browsers that want it named', () => {
    const policy = contentPolicy({ ...plain, socketHost: 'localhost:8765' })
    expect(sourcesOf(policy, 'connect-src')).toEqual(["'self'", 'ws://localhost:8765'])
  })
})
