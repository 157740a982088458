import { Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import type { WorkerLane } from '../../../src-shared/api/run-state'
import { counted } from '../../../src-shared/wording/counted'
import classes from './worker-lanes.module.css'

/** What each worker process does, one thin line each. */
export function WorkerLanes({ lanes }: { lanes: readonly WorkerLane[] }): ReactNode {
  if (lanes.length === 0) return <div className={classes.none}>Workers show here while samples are cut.</div>
  return (
    <ul className={classes.lanes} aria-label="Workers">
      {lanes.map(({ worker, what, done, total, finished }) => (
        <li key={worker} className={classes.lane}>
          <span>Worker {worker + 1}</span>
          <Progress
            size={4}
            value={total > 0 ? (100 * done) / total : 0}
            aria-label={`Worker ${worker + 1}`}
          />
          <span className={classes.what}>{what ?? 'waiting'}</span>
          <span className={classes.finished}>{counted(finished, 'batch', 'batches')}</span>
        </li>
      ))}
    </ul>
  )
}
