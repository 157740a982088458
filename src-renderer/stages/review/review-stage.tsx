import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorCard } from '../../parts/error-card'
import { MarksNotice } from '../../review/marks-notice'
import { useDrop } from '../../places/drops'
import { CutBefore } from './cut-before'
import { Faults } from './faults'
import { useFollowedBatches } from './follow-batches'
import { Inspector } from './inspector'
import { LargePatch } from './large-patch'
import { MarkBar } from './mark-bar'
import { useMarkKeys } from './mark-keys'
import { MissingData } from './missing-data'
import { NoSamples } from './no-samples'
import { showFile } from './open-file'
import { PatchGrid } from './patch-grid'
import { usePresetDigits } from './preset-digits'
import { ReviewBar } from './review-bar'
import { samples, useSamples } from './review-store'
import classes from './review-stage.module.css'
import { SampleChips } from './sample-chips'
import { useSearchForSuspects } from './suspect-search'

/** The step in which people look at the samples that were cut. */
export default function ReviewStage(): ReactNode {
  useFollowedBatches()
  usePresetDigits()
  useMarkKeys()
  useSearchForSuspects()
  const drop = useDrop(([path]) => void showFile(path))
  const { total, faults, missing, error } = useSamples((state) => state)
  return (
    <div className={classes.stage} data-over={drop.over || undefined} {...drop.handlers}>
      <ReviewBar />
      <MarkBar />
      <MarksNotice />
      <SampleChips />
      <CutBefore />
      <MissingData missing={missing} />
      <Faults faults={faults} />
      {error === null ? null : (
        <ErrorCard error={error.toJSON()}>
          <Button size="compact-sm" onClick={() => samples.refresh()}>
            Try again
          </Button>
        </ErrorCard>
      )}
      {total === 0 ? <NoSamples /> : null}
      {total === 0 || (total === null && error !== null) ? null : (
        <div className={classes.columns}>
          <PatchGrid />
          <SelectedSample />
        </div>
      )}
      <LargePatch />
    </div>
  )
}

function SelectedSample(): ReactNode {
  const sample = useSamples(({ selected }) => selected?.sample ?? null)
  return <Inspector sample={sample} />
}
