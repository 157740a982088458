import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** Pages for people, the README first: what it sets up is there for the others. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(ROOT).filter((name) => name === 'SECURITY.md'),
  ...markdownIn('docs'),
]

/** All Markdown that strangers may come to, also what has no commands. */
export const MARKDOWN: readonly string[] = [...PAGES, 'CHANGELOG.md', ...markdownIn('docs/decisions')]

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`)
}

/** The text of a page, by its path in the project. */
export function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

/** A fenced block of a page. */
export interface Block {
  page: string
  /** Line of the fence, from 1. */
  line: number
  language: string
  code: string
  /** What the comments `<!-- try: … -->` right before it say. */
  notes: readonly string[]
}

const PARTS = /^<!-- try: ([^]*?) -->|^```(\w*)\n([^]*?)\n```$/gm

/** The fenced blocks of a page in their order, except those that are indented. */
export function blocksOf(page: string): Block[] {
  const text = textOf(page)
  const blocks: Block[] = []
  let notes: { note: string; end: number }[] = []
  for (const part of text.matchAll(PARTS)) {
    const [whole = '', note, language = '', code = ''] = [...part] as (string | undefined)[]
    const between = text.slice(notes.at(-1)?.end ?? part.index, part.index)
    if (between.trim() !== '')
      throw new Error(`${page}: a note is followed by text: ${notes.at(-1)?.note ?? ''}`)
    if (note !== undefined) {
      notes.push({ note: note.replaceAll(/\s+/g, ' '), end: part.index + whole.length })
      continue
    }
    const line = text.slice(0, part.index).split('\n').length
    const said = notes.map((one) => one.note)
    blocks.push({ page, line, language, code, notes: said })
    notes = []
  }
  return blocks
}
