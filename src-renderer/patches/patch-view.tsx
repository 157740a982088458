import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useEffectEvent, type ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { STRETCHES, type Stretch } from '../../src-shared/patches/presets'
import { ErrorCard } from '../parts/error-card'
import { formatCount } from '../parts/format'
import { IconButton } from '../parts/icon-button'
import { CopyButton } from './copy-button'
import { tryDetailsAgain, usePatchDetail, type DetailState } from './detail-store'
import classes from './patch-view.module.css'
import { PatchFacts } from './patch-facts'
import { ProbedPictures } from './probed-pictures'
import { biomassText } from './record'
import { SaveMenu } from './save-menu'

const STRETCH_CHOICES = (Object.keys(STRETCHES) as Stretch[]).map((value) => ({
  value,
  label: STRETCHES[value].label,
}))

interface PatchViewProps {
  opened: boolean
  sample: GridSample
  /** Its place in the list, from 0, and how many there are. */
  index: number
  total: number
  /** Set where the sample is in the list no more; `error` is null until it is known why. The place is that of the next one. */
  lost: { error: StudioError | null; tryAgain: () => void } | null
  stretch: Stretch
  onStretch: (stretch: Stretch) => void
  /** Asks for the next (1) or the previous (-1) sample. */
  onStep: (step: 1 | -1) => void
  onClose: () => void
}

/** A patch large: all presets side by side, and the values under a pixel that the pointer or the arrow keys move. */
export function PatchView(props: PatchViewProps): ReactNode {
  const { opened, sample, index, total, lost, stretch, onStretch, onStep, onClose } = props
  const { detail, error } = useDetail(opened ? sample : null, lost)
  const isGone = lost !== null && error !== null
  useStepKeys(opened, onStep)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="calc(100vw - 48px)"
      yOffset={24}
      xOffset={24}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // The header of a dialog is none of the page.
      attributes={{ header: { role: 'presentation' } }}
      title={
        <Group gap="sm" component="span">
          <span>{`Shot ${sample.shotNumber}`}</span>
          <CopyButton what="shot number" value={sample.shotNumber} />
        </Group>
      }
    >
      <Stack gap="md" className={classes.view} tabIndex={-1} data-autofocus>
        <Group justify="space-between">
          <Group gap="xs">
            <IconButton
              label="Previous patch"
              icon={<IconChevronLeft size={18} aria-hidden />}
              disabled={index === 0}
              onClick={() => onStep(-1)}
            />
            <Text className={classes.count}>
              {isGone ? 'No longer in the list' : `${formatCount(index + 1)} of ${formatCount(total)}`}
            </Text>
            <IconButton
              label="Next patch"
              icon={<IconChevronRight size={18} aria-hidden />}
              disabled={isGone ? total === 0 : index === total - 1}
              onClick={() => onStep(1)}
            />
            <Text ml="md">{biomassText(sample)}</Text>
          </Group>
          <Group gap="sm">
            <Text c="dimmed">{STRETCHES[stretch].help}</Text>
            <SegmentedControl
              aria-label="Stretch"
              size="xs"
              data={STRETCH_CHOICES}
              value={stretch}
              onChange={onStretch}
            />
            {isGone ? null : <SaveMenu sample={sample} />}
          </Group>
        </Group>
        {error === null ? (
          <ProbedPictures shotNumber={sample.shotNumber} patch={detail} stretch={stretch}>
            <PatchFacts sample={sample} detail={detail} onLeave={onClose} />
          </ProbedPictures>
        ) : (
          <>
            {isGone ? <Text>{goneWords(sample)}</Text> : null}
            <ErrorCard error={error.toJSON()}>
              <Button size="compact-sm" onClick={lost?.tryAgain ?? tryDetailsAgain}>
                Try again
              </Button>
              {isGone ? (
                <Button size="compact-sm" variant="default" onClick={onClose}>
                  Back to the list
                </Button>
              ) : null}
            </ErrorCard>
          </>
        )}
      </Stack>
    </Modal>
  )
}

function goneWords({ file }: GridSample): string {
  const gone = 'This sample cannot be read any more.'
  if (file !== undefined) return gone
  return `${gone} Generating again cuts its batch anew; delete the file first where it is damaged.`
}

/** The detail that was read while the sample was in the list says nothing of whether it can still be read. */
function useDetail(sample: GridSample | null, lost: PatchViewProps['lost']): DetailState {
  const known = usePatchDetail(sample)
  if (lost === null) return known
  return lost.error === null ? { ...known, error: null } : { detail: null, error: lost.error }
}

/** Arrow keys lead to the next and the previous patch, but where they have a meaning of their own. */
function useStepKeys(opened: boolean, onStep: PatchViewProps['onStep']): void {
  const step = useEffectEvent(({ key, target, defaultPrevented }: WindowEventMap['keydown']) => {
    if (defaultPrevented || target instanceof HTMLInputElement) return
    if (key === 'ArrowRight') onStep(1)
    if (key === 'ArrowLeft') onStep(-1)
  })
  useEffect(() => {
    if (!opened) return undefined
    window.addEventListener('keydown', step)
    return () => window.removeEventListener('keydown', step)
  }, [opened])
}
