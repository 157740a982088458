import { withSafeHeaders } from '../studio/page-files'

/** What people read who came without the printed link. */
export function tokenWanted(): Response {
  return refusal(401, 'This page needs its link', [
    'Open the link that <code>gedi-dataset serve</code> printed in the terminal; it ends in <code>#token=…</code>.',
    'Every start of the server prints a new one, and older ones are no longer valid.',
  ])
}

/** What is shown under a name that is not the server's. */
export function nameRefused(): Response {
  return refusal(403, 'This name is not served', [
    'The server answers to the address that it printed, and to <code>localhost</code>.',
    'To reach it under another name, start it with <code>--host</code> and that name.',
  ])
}

/** The answer to a request that another site made. */
export function siteRefused(): Response {
  return refusal(403, 'Not from another site', ['Only the page of this server may ask for this.'])
}

/** A page of its own, without scripts; all of its text is ours. */
function refusal(status: number, title: string, sentences: readonly string[]): Response {
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <style>
      body { font: 13px/1.45 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 16px }
      h1 { font-size: 16px }
    </style>
  </head>
  <body>
    <h1>${title}</h1>
    ${sentences.map((sentence) => `<p>${sentence}</p>`).join('\n    ')}
  </body>
</html>
`
  return withSafeHeaders(
    new Response(page, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
  )
}
