import { Button, Stack, Title } from '@mantine/core'
import { IconMaximize } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import type { GridSample } from '../../../src-shared/api/contract'
import { pictures } from '../../patches/pictures'
import type { PatchDetail } from '../../../src-shared/patches/patch-detail'
import { usePatchDetail, tryDetailsAgain } from '../../patches/detail-store'
import { PatchRecord } from '../../patches/patch-record'
import { PresetFigure } from '../../patches/preset-figure'
import { SclShares } from '../../patches/scl-shares'
import { footprintPixels, spectrumOf, windowPixels } from '../../patches/spectrum'
import { SpectrumChart } from '../../patches/spectrum-chart'
import { FOOTPRINT_COLOUR, WINDOW_COLOUR } from '../../patches/spectrum-colours'
import { SuspectNotes } from '../../patches/suspect-notes'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import classes from './inspector.module.css'
import { openLarge, useReview } from './review-store'
import { SampleMark } from './sample-mark'

interface InspectorProps {
  /** The selected sample; null while there is none, or it is not loaded. */
  sample: GridSample | null
}

/** What is known of the selected sample. */
export function Inspector({ sample }: InspectorProps): ReactNode {
  const { detail, error } = usePatchDetail(sample)
  return (
    <div className={classes.inspector}>
      <Panel
        title="Selected patch"
        grow
        actions={
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMaximize size={14} aria-hidden />}
            disabled={sample === null}
            onClick={openLarge}
          >
            Open large
          </Button>
        }
      >
        <Stack gap="md">
          {error === null ? <Picture sample={sample} detail={detail} /> : <Fault error={error.toJSON()} />}
          {sample === null || sample.file !== undefined ? null : <SampleMark sample={sample} />}
          {sample === null ? null : <SuspectNotes suspects={sample.suspects} />}
          {sample === null ? null : <PatchRecord sample={sample} detail={detail} />}
          {error === null ? <Layers detail={detail} /> : null}
        </Stack>
      </Panel>
    </div>
  )
}

function Picture({ sample, detail }: InspectorProps & { detail: PatchDetail | null }): ReactNode {
  const { preset, stretch } = useReview()
  const thumbnail =
    sample === null ? undefined : pictures.present({ sample, preset, stretch, version: sample.version })
  const meanwhile = thumbnail === undefined ? {} : { meanwhile: thumbnail }
  return <PresetFigure patch={detail} preset={preset} stretch={stretch} {...meanwhile} />
}

function Fault({ error }: Parameters<typeof ErrorCard>[0]): ReactNode {
  return (
    <ErrorCard error={error}>
      <Button size="compact-sm" onClick={tryDetailsAgain}>
        Try again
      </Button>
    </ErrorCard>
  )
}

function Layers({ detail }: { detail: PatchDetail | null }): ReactNode {
  const spectra = useMemo(
    () => [
      {
        label: 'Footprint, mean',
        colour: FOOTPRINT_COLOUR,
        broad: true,
        points: detail === null ? [] : spectrumOf(detail, footprintPixels(detail)),
      },
      {
        label: 'Window, mean',
        colour: WINDOW_COLOUR,
        points: detail === null ? [] : spectrumOf(detail, windowPixels(detail)),
      },
    ],
    [detail],
  )
  return (
    <>
      <SpectrumChart title="Reflectance by band" fileName="spectrum" spectra={spectra} />
      <section className={classes.classes}>
        <Title order={3}>Scene classification</Title>
        {detail === null ? null : <SclShares shares={detail.sclShares} />}
      </section>
    </>
  )
}
