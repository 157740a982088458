import type { LayerState } from '../../src-shared/api/contract'
import type { ExploreLayer } from '../../src-shared/explore/layers'
import { Broadcast } from '../studio/broadcast'
import type { ProjectSession } from '../studio/project-session'
import { answerError } from './answer-error'

/** How far a layer is loaded, until it is. What is being loaded goes on when the listener leaves. */
export async function* layerStream(
  session: ProjectSession,
  layer: ExploreLayer,
  signal: AbortSignal | undefined,
): AsyncGenerator<LayerState, void, void> {
  const states = new Broadcast<LayerState | { failed: unknown }>()
  const begin: LayerState = { state: 'loading', what: 'Loading footprints', done: 0, total: 0 }
  const stream = states.stream(signal, [begin])
  session.layers
    .open(layer, (state) => states.send(state))
    .then(
      (state) => states.send(state),
      (failed: unknown) => states.send({ failed }),
    )
  for await (const state of stream) {
    // Errors of a stream that has begun do not pass through the router.
    if ('failed' in state) throw answerError(state.failed)
    yield state
    if (state.state === 'loaded') return
  }
}
