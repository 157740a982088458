import type { Card } from './card'
import type { BarChart, CardBlock } from './card-blocks'
import { cardCount } from './card-numbers'
import { cardSections, cardSummary, cardTitle } from './card-sections'

/** Bars that become a table; longer charts would be one nobody reads. */
const MOST_ROWS = 40

/** A data card as Markdown (CommonMark with tables). */
export function cardMarkdown(card: Card): string {
  const sections = cardSections(card).map(({ title, blocks }) =>
    [`## ${escaped(title)}`, ...blocks.map(blockText).filter((text) => text !== '')].join('\n\n'),
  )
  return `${[`# ${escaped(cardTitle(card))}`, escaped(cardSummary(card)), ...sections].join('\n\n')}\n`
}

function blockText(block: CardBlock): string {
  switch (block.kind) {
    case 'text':
      return escaped(block.text)
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n')
    case 'table':
      return table(block.caption, block.columns, block.rows)
    case 'code':
      return `${fence(block.code)}${block.language}\n${block.code}\n${fence(block.code)}`
    case 'bars':
      return barTable(block.chart)
    case 'map':
      return '' // data_card.html has it
    case 'source':
      return [
        `**${escaped(block.name)}**`,
        ...block.lines.map(escaped),
        block.links.map(({ text, url }) => `[${escaped(text)}](${url})`).join(' · '),
      ].join('\n\n')
  }
}

function barTable({ title, axis, series, labels }: BarChart): string {
  if (labels.length > MOST_ROWS) return ''
  const rows = labels.map((label, k) => [label, ...series.map(({ counts }) => cardCount(counts[k]))])
  return table(title, [axis, ...series.map(({ name }) => name)], rows)
}

function table(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`
  const rule = `| ${columns.map((_, k) => (k === 0 ? '---' : '---:')).join(' | ')} |`
  return [`**${escaped(caption)}**`, '', line(columns), rule, ...rows.map(line)].join('\n')
}

/** A fence longer than any run of backticks in the code. */
function fence(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length))
  return '`'.repeat(longest + 1)
}

/** Text whose characters mean themselves. Underscores inside of words do so anyway. */
function escaped(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*[\]|]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
}
