// Checks the licences of everything that the program is passed on with, and writes their texts into the file that goes
// with it: node scripts/notices.mjs. With --check it only checks. Ends with 1 where a licence is not allowed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { judgeLicence } from './licence-rules.mjs'
import { shippedPackages } from './shipped-packages.mjs'

const FILE = resolve(import.meta.dirname, '../dist/notices/THIRD-PARTY-NOTICES.md')
const HEAD = `# Software of others in GEDI Dataset Studio

These packages are part of the program. Electron and Chromium have files of their own (LICENSE.electron.txt, LICENSES.chromium.html).
`

const packages = shippedPackages().map((one) => ({ ...one, ...judgeLicence(one) }))
const refused = packages.filter(({ allowed }) => !allowed)
for (const { name, version, licence } of refused)
  process.stderr.write(
    `${name} ${version}: the licence (${licence}) is not among those in scripts/licence-rules.mjs\n`,
  )
if (refused.length > 0) process.exitCode = 1
else if (process.argv.includes('--check'))
  process.stdout.write(`${packages.length} packages, licences allowed\n`)
else {
  mkdirSync(dirname(FILE), { recursive: true })
  writeFileSync(FILE, [HEAD, ...packages.map(section)].join('\n'))
  process.stdout.write(`${packages.length} packages in THIRD-PARTY-NOTICES.md\n`)
}

function section({ name, version, licence, terms, author, homepage }) {
  const by = typeof author === 'string' ? author : (author?.name ?? 'its authors')
  const text = terms === '' ? `The package brings no text of it. By ${by}. ${homepage ?? ''}`.trim() : terms
  // Indented, so that nothing in it counts as Markdown.
  return `## ${name} ${version}\n\nLicence: ${licence}\n\n${text.replaceAll(/^(?=.)/gm, '    ')}\n`
}
