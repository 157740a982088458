import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { PatchPlace } from './patch-place'
import { PatchRecord } from './patch-record'
import classes from './patch-view.module.css'
import { SclShares } from './scl-shares'

interface PatchFactsProps {
  sample: GridSample
  /** null while it is read. */
  detail: PatchDetail | null
  /** Told before another step is shown. */
  onLeave: () => void
}

/** Where a patch comes from and where it lies: its record, the shares of the scene classification, a small map. */
export function PatchFacts({ sample, detail, onLeave }: PatchFactsProps): ReactNode {
  return (
    <div className={classes.facts}>
      <section>
        <Title order={3} mb={4}>
          Record
        </Title>
        <PatchRecord sample={sample} detail={detail} large />
      </section>
      <div className={classes.place}>
        <section>
          <Title order={3} mb={4}>
            Scene classification
          </Title>
          {detail === null ? null : <SclShares shares={detail.sclShares} />}
        </section>
        <PatchPlace sample={sample} onLeave={onLeave} />
      </div>
    </div>
  )
}
