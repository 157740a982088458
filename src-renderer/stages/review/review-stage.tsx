import type { ReactNode } from 'react'
import { MarksNotice } from '../../review/marks-notice'
import { useDrop } from '../../places/drops'
import { CutBefore } from './cut-before'
import { useMarkKeys } from './mark-keys'
import { MarkBar } from './mark-bar'
import { showFile } from './open-file'
import { ReviewBar } from './review-bar'
import { SampleChips } from './sample-chips'
import { SamplesView } from './samples-view'
import classes from './review-stage.module.css'

/** The step in which people look at the samples that were cut. */
export default function ReviewStage(): ReactNode {
  useMarkKeys()
  const drop = useDrop(([path]) => void showFile(path), 'Choose “Open file…” under “Samples from”')
  return (
    <div className={classes.stage} data-over={drop.over || undefined} {...drop.handlers}>
      <ReviewBar />
      <MarkBar />
      <MarksNotice />
      <SampleChips />
      <CutBefore />
      <SamplesView />
    </div>
  )
}
