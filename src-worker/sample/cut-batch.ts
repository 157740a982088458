import type { Scene } from '../../src-shared/catalog/scene'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import type { PlannedFootprint } from '../plan/read-batch'
import { utmProjection } from '../raster/projection'
import type { CutEnvironment, CutItem, CutOutcome, CutSample } from './cut-item'
import { cutScene } from './cut-scene'
import { inOrder } from './in-order'
import { windowAt } from './window'

/** Footprints of one scene that are cut in one go; bounds the memory of what is not written yet to some 40 MB. */
const GROUP_SIZE = 500

/** What cutting a batch yields, told as it comes. */
export interface BatchSink {
  sample(scene: Scene, sample: CutSample): void
  rejected(footprint: PlannedFootprint, reason: RejectionReason): void
  failed(footprint: PlannedFootprint, error: StudioError): void
}

interface Pending {
  footprint: PlannedFootprint
  /** Why the better scenes were not taken; the first reason is the one that is reported. */
  reason: RejectionReason | null
}

/**
 * Cuts a batch: its footprints by scene, in their order. Where the scene classification rejects a footprint and there
 * are further candidates, the next scene is tried after all footprints have had their first. A footprint whose
 * candidates are all rejected by their classification is rejected for the reason its first scene gave.
 * @param scenes the batch's scenes by number
 * @throws StudioError `cancelled`
 */
export async function cutBatch(
  footprints: readonly PlannedFootprint[],
  scenes: ReadonlyMap<number, Scene>,
  environment: CutEnvironment,
  sink: BatchSink,
  progress: (done: number) => void,
): Promise<void> {
  let pending: Pending[] = footprints.map((footprint) => ({ footprint, reason: null }))
  let done = 0
  for (let rank = 0; pending.length > 0; rank++) {
    const next: Pending[] = []
    const overlap = {
      items: environment.pace.scenes,
      weight: environment.pace.footprints,
      weightOf: ([, group]: [Scene, Pending[]]) => group.length,
    }
    const groups = inOrder(groupByScene(pending, scenes, rank), overlap, ([scene, group]) =>
      cutGroup(scene, group, environment),
    )
    for await (const cut of groups) {
      const retried = tell(cut, rank, sink)
      next.push(...retried)
      done += cut.entries.size - retried.length
      progress(done)
    }
    pending = next
  }
}

/** Runs of footprints with the same scene at this rank, scenes in the order of their first footprint. */
function* groupByScene(
  pending: readonly Pending[],
  scenes: ReadonlyMap<number, Scene>,
  rank: number,
): Generator<[Scene, Pending[]]> {
  const groups = new Map<number, Pending[]>()
  for (const entry of pending) {
    const number = entry.footprint.candidates[rank]
    const group = groups.get(number)
    if (group === undefined) groups.set(number, [entry])
    else group.push(entry)
  }
  for (const [number, group] of groups) {
    const scene = scenes.get(number)
    if (scene === undefined) throw damagedPlan(`scene ${number} is not in the catalog`)
    for (let start = 0; start < group.length; start += GROUP_SIZE) {
      yield [scene, group.slice(start, start + GROUP_SIZE)]
    }
  }
}

/** What became of footprints of one scene, not told yet. */
interface CutGroup {
  scene: Scene
  entries: Map<CutItem, Pending>
  outcome: CutOutcome
}

async function cutGroup(
  scene: Scene,
  group: readonly Pending[],
  environment: CutEnvironment,
): Promise<CutGroup> {
  throwIfCancelled(environment.signal)
  const entries = new Map(group.map((entry) => [itemOf(scene, entry.footprint), entry]))
  return { scene, entries, outcome: await cutScene(scene, [...entries.keys()], environment) }
}

/** Tells what became of a group. @returns those that are to be tried in their next scene */
function tell({ scene, entries, outcome }: CutGroup, rank: number, sink: BatchSink): Pending[] {
  const entryOf = (item: CutItem): Pending => {
    const entry = entries.get(item)
    if (entry === undefined) throw damagedPlan('an item was not asked for')
    return entry
  }
  for (const sample of outcome.samples) sink.sample(scene, sample)
  for (const { item, error } of outcome.failed) sink.failed(entryOf(item).footprint, error)
  const retried: Pending[] = []
  for (const { item, reason } of outcome.rejected) {
    const entry = entryOf(item)
    const byClasses = reason.startsWith('scl-')
    const first = entry.reason ?? reason
    if (byClasses && rank + 1 < entry.footprint.candidates.length) retried.push({ ...entry, reason: first })
    else sink.rejected(entry.footprint, byClasses ? first : reason)
  }
  return retried
}

function itemOf(scene: Scene, footprint: PlannedFootprint): CutItem {
  const [x, y] = utmProjection(scene.epsg).forward(footprint.lon, footprint.lat)
  const window = windowAt(scene.grid, x, y)
  if (window === null) throw damagedPlan(`shot ${footprint.shotNumber} lies outside scene ${scene.id}`)
  return { footprint, window }
}

function damagedPlan(what: string): StudioError {
  return new StudioError('internal', `The plan does not fit: ${what}.`, {
    hint: 'Run again with --restart-from plan.',
  })
}
