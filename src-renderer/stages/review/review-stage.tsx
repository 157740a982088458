import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { PRESETS, type Preset } from '../../../src-shared/patches/presets'
import { PatchView } from '../../patches/patch-view'
import { ErrorCard } from '../../parts/error-card'
import { Faults } from './faults'
import { useFollowedBatches } from './follow-batches'
import { Inspector } from './inspector'
import { NoSamples } from './no-samples'
import { PatchGrid } from './patch-grid'
import { ReviewBar } from './review-bar'
import { samples, useReview, useSamples } from './review-store'
import classes from './review-stage.module.css'

/** Digits choose a preset wherever the focus is, but for fields. */
const PRESET_KEYS = (Object.keys(PRESETS) as Preset[]).map(
  (preset, i): [string, () => void] => [String(i + 1), () => useReview.setState({ preset })],
)

/** The step in which people look at the samples that were cut. */
export default function ReviewStage(): ReactNode {
  useFollowedBatches()
  useHotkeys(PRESET_KEYS)
  const { total, faults, error, selected } = useSamples((state) => state)
  const failed = error === null ? null : (
    <ErrorCard error={error.toJSON()}>
      <Button size="compact-sm" onClick={() => samples.refresh()}>
        Try again
      </Button>
    </ErrorCard>
  )
  return (
    <div className={classes.stage}>
      <ReviewBar />
      <Faults faults={faults} />
      {failed}
      {total === 0 ? <NoSamples /> : total === null && error !== null ? null : <Patches />}
      {selected?.sample == null ? null : <LargePatch selected={selected} />}
    </div>
  )
}
