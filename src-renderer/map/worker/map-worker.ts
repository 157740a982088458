import type { AddProtocolAction } from 'maplibre-gl'
import MapWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs'
import coarseWorld from 'world-atlas/countries-50m.json?url'
import fineWorld from 'world-atlas/countries-10m.json?url'
import { BASE_SCHEME, tileOf } from './base-address'
import { BaseTiles } from './base-tiles'

/** From this zoom on the coasts of 1:50 million would visibly miss the footprints. */
const FINE_ZOOM = 5

/** Scheme of the page in the desktop window; MapLibre would fetch it in the page and copy it here. */
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

const loaded = new Map<string, Promise<BaseTiles>>()

/** The tiles of one scale, read when they are first asked for; a failure is tried again with the next tile. */
function worldAt(address: string): Promise<BaseTiles> {
  const known = loaded.get(address)
  if (known !== undefined) return known
  const reading = fetch(address).then(async (answer) => new BaseTiles(await answer.json()))
  loaded.set(address, reading)
  reading.catch(() => loaded.delete(address))
  return reading
}

const { addProtocol } = protocolsOf(globalThis)

addProtocol(BASE_SCHEME, async ({ url }) => {
  const place = tileOf(url)
  const world = await worldAt(place.z < FINE_ZOOM ? coarseWorld : fineWorld)
  return { data: world.tile(place).slice().buffer }
})

addProtocol(DESKTOP_SCHEME, async ({ url }, { signal }) => {
  const answer = await fetch(url, { signal })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`)
  return { data: await answer.arrayBuffer() }
})
