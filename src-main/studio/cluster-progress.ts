import type { ClusterState } from '../../src-shared/api/cluster-state'
import { isDone, type PlannedProject } from '../slurm/planned-project'
import { Rate } from './rates'

/** Tasks finish whole batches, minutes apart; a rate over seconds would jump. */
const WINDOW_MS = 300_000

/** How far the batches of a project are, and how fast tasks finish them. */
export class ClusterProgress {
  private rate = new Rate(WINDOW_MS)
  private wasActive = false

  /**
   * @param active whether tasks wait or run: without them nothing goes on
   * @param now milliseconds since 1970
   */
  of(
    { records, footprints }: PlannedProject,
    active: boolean,
    now: number,
  ): NonNullable<ClusterState['progress']> {
    const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0)
    const done = sum(footprints.filter((_, batch) => isDone(records[batch])))
    const total = sum(footprints)
    if (active && !this.wasActive) this.rate = new Rate(WINDOW_MS)
    this.wasActive = active
    this.rate.note(done, now)
    const perSecond = active ? this.rate.perSecond(now) : null
    const rate = perSecond === null || perSecond <= 0 ? null : perSecond
    return {
      done,
      total,
      batches: { done: records.filter(isDone).length, total: records.length },
      rate,
      etaSeconds: rate === null ? null : (total - done) / rate,
    }
  }
}
