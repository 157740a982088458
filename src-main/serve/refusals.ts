import { plainPage } from '../studio/plain-page'

/** What people read who came without the printed link. */
export function tokenWanted(): Response {
  return plainPage(401, 'This page needs its link', [
    'Open the link that <code>gedi-dataset serve</code> printed in the terminal; it ends in <code>#token=…</code>.',
    'Every start of the server prints a new one, and older ones are no longer valid.',
  ])
}

/** What is shown under a name that is not the server's. */
export function nameRefused(): Response {
  return plainPage(403, 'This name is not served', [
    'The server answers to the address that it printed, and to <code>localhost</code>.',
    'To reach it under another name, start it with <code>--host</code> and that name.',
  ])
}

/** The answer to a request that another site made. */
export function siteRefused(): Response {
  return plainPage(403, 'Not from another site', ['Only the page of this server may ask for this.'])
}
