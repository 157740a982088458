import { ERROR_TAGS } from './tags'

const INTRODUCTION = `# Errors

A message says which file it is about, what is wrong, and what to do. Each error has a tag, by which this page lists them all; on
the terminal it stands in brackets: \`error (catalog-empty): …\`. What concerns one input only (a granule, a scene, a tile, a
block) is left out with a message; the run goes on and ends with status 3 (docs/command-line.md). Everything else ends it; what
is finished stays, and the next run goes on from there. This page is made from the table of errors in the program
(\`npx vitest run src-shared/errors -u\`); change it there.
`

/** The text of docs/errors.md: every error tag with when it happens and what to do. */
export function errorsDocument(): string {
  const rows = Object.entries(ERROR_TAGS).map(([tag, { when, remedy }]) => [`\`${tag}\``, when, remedy])
  const header = ['Tag', 'When it happens', 'What to do']
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `${INTRODUCTION}\n${lines.join('\n')}\n`
}
