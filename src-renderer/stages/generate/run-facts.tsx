import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { formatSeconds } from '../../../src-shared/wording/duration'
import { formatBytes, formatCount, formatNumber } from '../../parts/format'
import { secondsTaken } from '../../run/seconds-taken'
import { useNow } from '../../run/use-now'
import classes from './run-panel.module.css'

/** The figures of a run: how fast it cuts and reads, what it asked of the network. */
export function RunFacts({ run, active }: { run: RunState; active: boolean }): ReactNode {
  const now = useNow(active, run)
  const { samplesPerSecond, bytesPerSecond } = run
  const facts = [
    { name: 'Samples', value: samplesPerSecond === null ? '–' : `${formatNumber(samplesPerSecond)}/s` },
    { name: 'Reading', value: bytesPerSecond === null ? '–' : `${formatBytes(bytesPerSecond)}/s` },
    { name: 'Read', value: formatBytes(run.bytes) },
    { name: 'Requests', value: formatCount(run.requests) },
    { name: 'Retries', value: formatCount(run.retries) },
    { name: 'Time', value: formatSeconds(secondsTaken(run, now)) },
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
