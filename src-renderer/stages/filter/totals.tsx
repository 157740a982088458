import type { ReactNode } from 'react'
import type { FilterCounts } from '../../../src-shared/explore/filter-counts'
import { formatCount, formatNumber, shortCount } from '../../parts/format'
import { useProject } from '../../stores/studio-store'
import { DROPPED_COLOUR, SPLIT_COLOURS } from '../../theme/data-colours'
import { useFilter } from './filter-store'
import classes from './totals.module.css'

/**
 * How many footprints go to which split, and how many are dropped; the exact numbers on hover. Where blocks of ground
 * split them, only how many are kept is known before the tables are made.
 */
export function Totals({ counts }: { counts: FilterCounts }): ReactNode {
  const busy = useFilter((state) => state.counting)
  const { train, test, dropped, total } = counts
  const splitBlocks = useProject()?.settings.splitBlocks ?? null
  const parts = [
    ...(splitBlocks !== null
      ? [{ name: 'Train and test', count: train + test, colour: SPLIT_COLOURS.train }]
      : [
          { name: 'Train', count: train, colour: SPLIT_COLOURS.train },
          { name: 'Test', count: test, colour: SPLIT_COLOURS.test },
        ]),
    { name: 'Dropped', count: dropped, colour: DROPPED_COLOUR },
  ]
  return (
    <section className={classes.totals} aria-label="Totals" aria-busy={busy}>
      <dl className={classes.numbers}>
        {parts.map(({ name, count, colour }) => (
          <div key={name} title={`${formatCount(count)} of ${formatCount(total)}, ${share(count, total)}`}>
            <dt>
              <span className={classes.mark} style={{ background: colour }} />
              {name}
            </dt>
            <dd>{shortCount(count)}</dd>
          </div>
        ))}
        <div title={`${formatCount(total)} footprints`}>
          <dt>Total</dt>
          <dd>{shortCount(total)}</dd>
        </div>
      </dl>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ name, count, colour }) => (
          <span key={name} style={{ flexGrow: count, background: colour }} />
        ))}
      </div>
    </section>
  )
}

function share(count: number, total: number): string {
  return total === 0 ? '0 %' : `${formatNumber((100 * count) / total)} %`
}
