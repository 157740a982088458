import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ElementSplitter, PartTooLarge } from './element-splitter'

/** Feeds a text in chunks of the given size. */
function split(text: string, chunkSize: number): { elements: unknown[]; rest: unknown } {
  const splitter = new ElementSplitter()
  const bytes = Buffer.from(text)
  for (let i = 0; i < bytes.length; i += chunkSize) splitter.push(bytes.subarray(i, i + chunkSize))
  return {
    elements: splitter.elements.map((element) => JSON.parse(element) as unknown),
    rest: JSON.parse(splitter.rest()) as unknown,
  }
}

/** Texts that look like structure, escapes and the key that is looked for. */
const trickyText = fc.oneof(
  fc.constantFrom('features', '"features":[', '\\', '\\"', '],[', '{}', ',', 'ü€😀'),
  fc.string(),
)
const trickyJson = fc.jsonValue().chain((value) => fc.constantFrom(value, [value], { features: [value] }))
const chunkSize = fc.integer({ min: 1, max: 40 })
const indent = fc.constantFrom(0, 2)

describe('ElementSplitter', () => {
  it('cuts any array as JSON.parse reads it, in whatever chunks it comes', () => {
    const element = fc.oneof(trickyJson, trickyText)
    fc.assert(
      fc.property(fc.array(element), chunkSize, indent, (array, size, spaces) => {
        const text = JSON.stringify(array, null, spaces)
        expect(split(text, size)).toEqual({ elements: JSON.parse(text) as unknown, rest: [] })
      }),
    )
  })

  it('cuts the features of any object and leaves its other members', () => {
    const others = fc.dictionary(
      trickyText.filter((key) => key !== 'features'),
      fc.oneof(trickyJson, trickyText),
    )
    const features = fc.array(fc.oneof(trickyJson, trickyText))
    fc.assert(
      fc.property(others, features, others, chunkSize, indent, (before, list, after, size, spaces) => {
        const text = JSON.stringify({ ...before, features: list, ...after }, null, spaces)
        const whole = JSON.parse(text) as Record<string, unknown>
        expect(split(text, size)).toEqual({ elements: whole.features, rest: { ...whole, features: [] } })
      }),
    )
  })

  it('leaves alone what has no features of its own', () => {
    for (const value of [
      { a: { features: [1, 2] } },
      { features: { a: [1] } },
      'features',
      3,
      null,
      { links: [[1]] },
    ]) {
      expect(split(JSON.stringify(value), 3)).toEqual({ elements: [], rest: value })
    }
  })

  it('lets the parser find faults between and after the elements', () => {
    for (const text of ['[1,]', '[1,,2]', '[,]', '[1', '{"features":[1,2}', '[1] 2', '']) {
      expect(() => split(text, 2), text).toThrow(SyntaxError)
    }
  })

  it('gives up on a part that is too large to be STAC', () => {
    const splitter = new ElementSplitter()
    splitter.push(Buffer.from('{"blob":"'))
    const chunk = Buffer.alloc(1 << 20, 'x')
    expect(() => {
      for (let i = 0; i < 65; i++) splitter.push(chunk)
    }).toThrow(PartTooLarge)
  })
})
