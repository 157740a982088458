import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { cardHtml } from './card-html'
import { cardMarkdown } from './card-markdown'
import { cardOf, factsOf } from './card-fixture'

const NASTY = '<script>alert("1")</script> & \'x\' | `y` [z](javascript:1)'

/** All elements of a page by name, with their attributes. */
function elements(html: string): { name: string; attributes: Record<string, string> }[] {
  const tree: unknown = new XMLParser({
    ignoreAttributes: false,
    preserveOrder: true,
    attributeNamePrefix: '',
  }).parse(html.replace('<!DOCTYPE html>', ''))
  const found: { name: string; attributes: Record<string, string> }[] = []
  const walk = (nodes: unknown): void => {
    if (!Array.isArray(nodes)) return
    for (const node of nodes as Record<string, unknown>[]) {
      const attributes = (node[':@'] ?? {}) as Record<string, string>
      for (const [name, children] of Object.entries(node)) {
        if (name === ':@' || name === '#text') continue
        found.push({ name, attributes })
        walk(children)
      }
    }
  }
  walk(tree)
  return found
}

/** Elements that are not closed, or closed and not open. */
function nesting(html: string): string[] {
  const open: string[] = []
  for (const [, end, name, own] of html.matchAll(/<(\/?)([a-z]\w*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === '' && own === '') open.push(name)
    else if (end !== '' && open.at(-1) !== name) return [`</${name}>`]
    else if (end !== '') open.pop()
  }
  return open
}

const nasty = cardOf({
  name: NASTY,
  sources: { ...cardOf().sources, inputs: [NASTY] },
  commandLine: NASTY,
  leakage: [NASTY],
  files: [factsOf('train', { name: NASTY, problems: [NASTY], crs: [{ value: NASTY, samples: 1 }] })],
})

describe('the page of a data card', () => {
  it('is well-formed, and has no script and nothing from elsewhere', () => {
    for (const card of [cardOf(), nasty]) {
      const html = cardHtml(card)
      expect(nesting(html)).toEqual([])
      const all = elements(html)
      const names = new Set(all.map(({ name }) => name))
      for (const name of ['script', 'link', 'img', 'iframe', 'object', 'base', 'form', 'image', 'use'])
        expect(names).not.toContain(name)
      for (const { name, attributes } of all) {
        expect(Object.keys(attributes).filter((key) => key === 'src' || key.startsWith('on'))).toEqual([])
        if ('href' in attributes) expect([name, attributes.href.slice(0, 8)]).toEqual(['a', 'https://'])
      }
      expect(html).not.toMatch(/url\(|@import/)
    }
  })

  it('shows names as they are, whatever characters they have', () => {
    const html = cardHtml(nasty)
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; | `y`')
    const markdown = cardMarkdown(nasty)
    const prose = markdown.replace(/^(`{3,})[^]*?^\1$/gm, '')
    expect(prose).not.toContain('<')
    expect(prose).toContain('&lt;script>alert("1")&lt;/script> &amp; \'x\' \\| \\`y\\` \\[z\\](javascript:1)')
  })

  it('has a bar for each bin that is not empty, as tall as its count', () => {
    const html = cardHtml(cardOf())
    const [chart] = /<figcaption>Samples by biomass density.*?<\/svg>/.exec(html) ?? []
    const heights = [...(chart ?? '').matchAll(/height="([\d.]+)"><title>(\w+, [^<]*)/g)].map((m) => [
      m[2],
      Number(m[1]),
    ])
    expect(heights).toEqual([
      ['train, 0–25: 1', 75],
      ['train, 25–50: 2', 150],
      ['test, 0–25: 1', 75],
      ['test, 25–50: 2', 150],
    ])
  })

  it('names what could not be counted, and leaves its figures out', () => {
    const problems = ['AGBD Values: is missing']
    const files = [factsOf('train', { agbd: null, acquired: null, granules: null, problems })]
    const card = cardOf({ files, map: null })
    for (const text of [cardHtml(card), cardMarkdown(card)]) {
      expect(text).toContain('train_dataset.h5: AGBD Values: is missing')
      expect(text).not.toContain('Samples by biomass density')
      expect(text).not.toContain('Samples by month')
      expect(text).toContain('Samples by land cover')
    }
  })

  it('tells apart what was rejected, could not be read, and was excluded after it was cut', () => {
    const markdown = cardMarkdown(cardOf())
    expect(markdown).toContain('| Left out: Clouds (scl-cloud) | 2 | 2 |')
    expect(markdown).toContain('| Left out: could not be read | 1 | 1 |')
    expect(markdown).toContain('| Left out: excluded in review | 2 | 2 |')
    expect(markdown).toContain('| Samples in the file | 3 | 3 |')
  })

  it('prints the leakage where the run measured it', () => {
    expect(cardMarkdown(cardOf())).toContain('was not measured')
    const measured = cardMarkdown(cardOf({ leakage: ['4 of 9 test patches share pixels.'] }))
    expect(measured).toContain('- 4 of 9 test patches share pixels.')
    expect(measured).not.toContain('was not measured')
  })

  it('is the same for the same card', () => {
    expect(cardHtml(cardOf())).toBe(cardHtml(cardOf()))
    expect(cardMarkdown(cardOf())).toBe(cardMarkdown(cardOf()))
  })
})
