import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorCard } from '../../parts/error-card'
import { Faults } from './faults'
import { useFollowedSamples } from './follow-samples'
import { Inspector } from './inspector'
import { LargePatch } from './large-patch'
import { MissingData } from './missing-data'
import { NoSamples } from './no-samples'
import { PatchGrid } from './patch-grid'
import { usePresetDigits } from './preset-digits'
import { samples, useSamples } from './review-store'
import classes from './review-stage.module.css'
import { useSearchForSuspects } from './suspect-search'

/** The samples that are listed, with the one that is selected, and what is wrong with their files. */
export function SamplesView(): ReactNode {
  const isListed = useFollowedSamples()
  usePresetDigits()
  useSearchForSuspects()
  const { total, faults, missing, error } = useSamples((state) => state)
  if (!isListed) return null
  return (
    <>
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
    </>
  )
}

function SelectedSample(): ReactNode {
  const sample = useSamples(({ selected }) => selected?.sample ?? null)
  return <Inspector sample={sample} />
}
