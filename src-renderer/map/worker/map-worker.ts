import type { AddProtocolAction } from 'maplibre-gl'
import MapWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs'

/** Scheme of the page in the desktop window; MapLibre would fetch its tiles in the page and copy them here. */
const DESKTOP_SCHEME = 'app'

interface Protocols {
  addProtocol: (scheme: string, load: AddProtocolAction) => void
}

/** What MapLibre's worker adds to its global scope when it starts. */
function protocolsOf(scope: object): Protocols {
  if ('worker' in scope && scope.worker instanceof MapWorker && 'addProtocol' in scope)
    return scope as Protocols
  throw new Error('MapLibre did not start in its worker.')
}

protocolsOf(globalThis).addProtocol(DESKTOP_SCHEME, async ({ url }, { signal }) => {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`)
  return { data: await answer.arrayBuffer() }
})
