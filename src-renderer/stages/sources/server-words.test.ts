import { expect, it } from 'vitest'
import type { ServerCheck } from '../../../src-shared/api/inspection'
import { differentErrors, serverWords } from './server-words'

const server: ServerCheck = {
  layer: 'scenes',
  host: 'stac.example.org',
  latencyMs: 51.7,
  collections: ['sentinel-2-l2a', 'sentinel-2-c1-l2a'],
  testRead: 'ok',
  error: null,
}
const error = { tag: 'source-denied', message: 'No.', hint: '', context: {} } as const

it.each([
  [server, 'stac.example.org, 52 ms; sentinel-2-l2a and sentinel-2-c1-l2a; test read worked'],
  [{ ...server, latencyMs: null, collections: [], testRead: 'not-needed' }, 'stac.example.org'],
  [{ ...server, latencyMs: null, error }, 'stac.example.org does not answer'],
  [{ ...server, testRead: 'failed', error }, 'stac.example.org answers, but cannot be used'],
] as const)('says what a server answered', (checked, words) => {
  expect(serverWords({ ...checked, collections: [...checked.collections] })).toBe(words)
})

it('an error that several layers share is told once', () => {
  const layers = ['scenes', 'dem', 'landcover'] as const
  const down = layers.map((layer) => ({
    ...server,
    layer,
    latencyMs: null,
    error: { ...error, file: 'https://a' },
  }))
  expect(differentErrors(down)).toHaveLength(1)
  expect(
    differentErrors([...down, { ...server, error: { ...error, file: 'https://b' } }, server]),
  ).toHaveLength(2)
})
