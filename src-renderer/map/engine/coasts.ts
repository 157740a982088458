import { addProtocol } from 'maplibre-gl'
import coastWorker from '../worker/coast-worker.ts?worker&url'
import { COAST_SCHEME, coastAnswerSchema, tileOf, type CoastRequest } from '../worker/coast-messages'

interface Waiting {
  resolve: (tile: ArrayBuffer) => void
  reject: (fault: Error) => void
}

/**
 * Lets MapLibre find coasts and borders. They are cut in a worker of their own: reading the world takes a moment, and
 * the footprints are not to wait for it.
 */
export function serveCoasts(): void {
  const worker = new Worker(coastWorker, { type: 'module', name: 'coasts' })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const answer = coastAnswerSchema.parse(data)
    const asker = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('tile' in answer) asker?.resolve(answer.tile)
    else asker?.reject(new Error(answer.fault))
  })
  addProtocol(COAST_SCHEME, ({ url }) => {
    const request: CoastRequest = { id: asked++, place: tileOf(url) }
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve: (data) => resolve({ data }), reject })
      worker.postMessage(request)
    })
  })
}
