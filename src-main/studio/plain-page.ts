import { withSafeHeaders } from './page-files'

/**
 * A page of a few sentences, without scripts, for when the application itself cannot be shown.
 * @param sentences of ours, as HTML
 */
export function plainPage(status: number, title: string, sentences: readonly string[]): Response {
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
      a { color: LinkText; padding: 4px 12px; border: 1px solid; border-radius: 4px; text-decoration: none }
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
