import type { ReactNode } from 'react'
import { Portal } from '@mantine/core'
import { useMark } from '../../review/marks-store'
import { usePatchDetail } from '../../patches/detail-store'
import { PatchView } from '../../patches/patch-view'
import { MarkBadge } from './mark-badge'
import { markWords } from './mark-words'
import classes from './marks.module.css'
import { closeLarge, samples, useReview, useSamples } from './review-store'
import { sampleAt } from './sample-list-state'
import { useLostSample } from './use-lost-sample'

/** The selected patch large, when that was asked for; one that has left the list stays until another one is asked for. */
export function LargePatch(): ReactNode {
  const { open, stretch } = useReview()
  const list = useSamples((state) => state)
  const lost = useLostSample()
  const { selected, total } = list
  const sample = lost?.sample ?? selected?.sample ?? null
  const place = selected?.index ?? 0
  // Read ahead, so that stepping shows the next one at once.
  usePatchDetail(open ? sampleAt(list, place + 1) : null)
  usePatchDetail(open && place > 0 ? sampleAt(list, place - 1) : null)
  const mark = useMark(open && lost === null ? sample : null)
  if (sample === null) return null
  // The place of a sample that is gone is that of the next one.
  const step = (by: 1 | -1): void => samples.select(place + (lost !== null && by === 1 ? 0 : by))
  return (
    <>
      {mark === null ? null : (
        <Portal>
          <p className={classes.large}>
            <span className={classes.beside}>
              <MarkBadge shown={mark} />
            </span>
            {markWords(mark)}
          </p>
        </Portal>
      )}
      <PatchView
        opened={open}
        sample={sample}
        index={place}
        total={total ?? 0}
        lost={lost}
        stretch={stretch}
        onStretch={(next) => useReview.setState({ stretch: next })}
        onStep={step}
        onClose={closeLarge}
      />
    </>
  )
}
