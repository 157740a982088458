/**
 * Whether the commands of the pages are run, in a fresh clone: in CI, and by `npm run docs:try`. They take minutes and
 * install all packages once more.
 */
export const triesPages = process.env.CI === 'true' || process.env.DOCS_TRY !== undefined
