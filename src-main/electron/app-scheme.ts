import { protocol } from 'electron'
import { plainResponse, withSafeHeaders, type PageFiles } from '../studio/page-files'
import { plainPage } from '../studio/plain-page'

const SCHEME = 'app'

/** Origin of the window's page. */
export const APP_ORIGIN = `${SCHEME}://studio`

/** The window's page. */
export const APP_PAGE = `${APP_ORIGIN}/index.html`

/** The page that is shown where the application has crashed again and again. */
export const CRASH_PAGE = `${APP_ORIGIN}/crashed`

/** What is found under the scheme. */
export interface SchemeContent {
  page: PageFiles
  /** Answers the data routes. */
  respond(request: Request): Promise<Response>
  /** Origin of the online base map; null while nobody has turned it on. */
  tileOrigin(): string | null
}

/** Makes the scheme one like https, as far as pages see it. To be called before the app is ready. */
export function claimScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answers the page's requests. Nothing is reached by it but the built page and the studio's own data. */
export function serveScheme(content: SchemeContent): void {
  protocol.handle(SCHEME, (request) => respond(request, content))
}

async function respond(request: Request, { page, ...studio }: SchemeContent): Promise<Response> {
  const { origin, pathname } = splitAddress(request.url)
  if (origin !== APP_ORIGIN) return plainResponse(404, 'There is nothing here.')
  if (request.method !== 'GET') return plainResponse(405, 'This cannot be done here.')
  if (request.url === CRASH_PAGE) return crashPage()
  if (pathname.startsWith('/data/')) return withSafeHeaders(await studio.respond(request))
  return page.respond(pathname, { socketHost: null, tileOrigin: studio.tileOrigin() })
}

/** Origin and path of an address. Node takes the origin of a scheme that it does not know to be "null". */
function splitAddress(address: string): { origin: string; pathname: string } {
  const { protocol: scheme, host, pathname } = new URL(address)
  return { origin: `${scheme}//${host}`, pathname }
}

function crashPage(): Response {
  return plainPage(200, 'The window stopped working', [
    'It stopped twice in a short time. Nothing else is affected: a run goes on, and all settings are kept.',
    `<a href="${APP_PAGE}">Reload</a>`,
  ])
}
