/** Where the token of the link is exchanged for a cookie; without one the server shows there what to do. */
const SESSION = 'session'

/**
 * Exchanges the token of the printed link for a cookie, and takes it from the address bar, so that it is neither
 * bookmarked nor passed on. Does nothing where the address has none: after a reload the cookie is there already.
 * @throws Error where the server does not answer
 */
export async function exchangeToken(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (token === null) return
  const response = await fetch(SESSION, { method: 'POST', body: JSON.stringify({ token }) })
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
  if (!response.ok) showWhatIsWanted()
}

/**
 * For when no line could be made: goes to the page that says which link to open, where it is the cookie that is wanting.
 * @throws Error where the server does not answer
 */
export async function checkSession(): Promise<void> {
  const response = await fetch(SESSION, { redirect: 'manual' })
  if (response.status === 401) showWhatIsWanted()
}

function showWhatIsWanted(): void {
  window.location.replace(SESSION)
}
