import coarseWorld from 'world-atlas/countries-50m.json?url'
import fineWorld from 'world-atlas/countries-10m.json?url'
import { coastRequestSchema, type CoastAnswer, type CoastRequest } from './coast-messages'
import { CoastTiles } from './coast-tiles'

/** From this zoom on the coasts of 1:50 million would visibly miss the footprints. */
const FINE_ZOOM = 5

const loaded = new Map<string, Promise<CoastTiles>>()

/** The tiles of one scale, read when they are first asked for; a failure is tried again with the next tile. */
function worldAt(address: string): Promise<CoastTiles> {
  const known = loaded.get(address)
  if (known !== undefined) return known
  const reading = fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`)
    return new CoastTiles(await answer.json())
  })
  loaded.set(address, reading)
  reading.catch(() => loaded.delete(address))
  return reading
}

async function answerTo({ id, place }: CoastRequest): Promise<CoastAnswer> {
  try {
    const world = await worldAt(place.z < FINE_ZOOM ? coarseWorld : fineWorld)
    return { id, tile: world.tile(place).buffer }
  } catch (thrown) {
    return { id, fault: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void answerTo(coastRequestSchema.parse(data)).then((answer) => {
    self.postMessage(answer, { transfer: 'tile' in answer ? [answer.tile] : [] })
  })
})
