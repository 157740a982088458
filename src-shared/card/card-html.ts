import type { Card } from './card'
import { barsSvg } from './bars-svg'
import type { CardBlock } from './card-blocks'
import { cardSections, cardSummary, cardTitle } from './card-sections'
import { CARD_STYLE } from './card-style'
import { mapSvg } from './map-svg'
import { escapeMarkup as text } from './markup'

/** Captions of the tables whose cells are words rather than numbers. */
const WORDS = new Set(['Made from', 'Settings that results depend on'])

/**
 * A data card as one HTML page without scripts and without anything from elsewhere. It is well-formed as XML, too. Names
 * are escaped; a policy of its own keeps a browser from fetching or running anything.
 */
export function cardHtml(card: Card): string {
  const sections = cardSections(card).map(
    ({ title, blocks }) =>
      `<section>\n<h2>${text(title)}</h2>\n${blocks.map(blockMarkup).join('\n')}\n</section>`,
  )
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${text(cardTitle(card))}</title>
<style>${CARD_STYLE}</style>
</head>
<body>
<main>
<h1>${text(cardTitle(card))}</h1>
<p class="summary">${text(cardSummary(card))}</p>
${sections.join('\n')}
</main>
</body>
</html>
`
}

function blockMarkup(block: CardBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${text(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`
    case 'table':
      return tableMarkup(block)
    case 'code':
      return `<pre tabindex="0"${block.language === 'sh' ? ' class="wrap"' : ''}><code>${text(block.code)}</code></pre>`
    case 'bars':
      return `<figure><figcaption>${text(block.chart.title)}</figcaption>${barsSvg(block.chart)}</figure>`
    case 'map': {
      const splits = [...new Set(block.map.cells.map(({ split }) => split))]
      const key = splits.map((split) => `<span class="key ${split}"></span>${split}`).join('')
      return `<figure><figcaption>Samples${key}</figcaption>${mapSvg(block.map)}<p class="summary">Coast and borders: Natural Earth.</p></figure>`
    }
    case 'source':
      return [
        `<h3>${text(block.name)}</h3>`,
        ...block.lines.map((line) => `<p>${text(line)}</p>`),
        `<p>${block.links.map((link) => `<a href="${text(link.url)}" aria-label="${text(`${link.text}: ${block.name}`)}">${text(link.text)}</a>`).join(' · ')}</p>`,
      ].join('')
  }
}

function tableMarkup({ caption, columns, rows }: Extract<CardBlock, { kind: 'table' }>): string {
  const head = columns.map((column) => `<th scope="col">${text(column)}</th>`).join('')
  const body = rows.map(([first, ...cells]) => {
    const others = cells.map((cell) => `<td>${text(cell)}</td>`).join('')
    return `<tr><th scope="row">${text(first)}</th>${others}</tr>`
  })
  const kind = WORDS.has(caption) ? ' class="words"' : ''
  return `<div class="scroll" role="region" tabindex="0" aria-label="${text(caption)}"><table${kind}><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}
