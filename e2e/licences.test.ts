import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const RULES = resolve(import.meta.dirname, '../scripts/licence-rules.mjs')

type Judge = (description: { name: string; version: string; license?: unknown }) => { allowed: boolean }

describe('licences of packages', () => {
  it('are allowed by the list: one of alternatives, all of those that hold together', async () => {
    const { judgeLicence } = (await import(join(RULES))) as { judgeLicence: Judge }
    const allowed = (license: unknown): boolean =>
      judgeLicence({ name: 'x', version: '1.0.0', license }).allowed
    expect(['MIT', '(MIT OR GPL-3.0)', 'MIT AND Zlib'].map(allowed)).toEqual([true, true, true])
    expect(
      ['GPL-3.0', 'MIT AND GPL-3.0', 'SEE LICENSE IN x', undefined, '', { type: 'MIT' }].some(allowed),
    ).toBe(false)
  })

  it('that were read count for the version that was read', async () => {
    const { judgeLicence } = (await import(join(RULES))) as { judgeLicence: Judge }
    const license = 'SEE LICENSE IN LICENSE.txt'
    expect(judgeLicence({ name: 'h5wasm', version: '0.10.3', license }).allowed).toBe(true)
    expect(judgeLicence({ name: 'h5wasm', version: '99.0.0', license }).allowed).toBe(false)
  })
})
