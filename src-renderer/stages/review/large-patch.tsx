import type { ReactNode } from 'react'
import { Portal } from '@mantine/core'
import { useMark } from '../../review/marks-store'
import { usePatchDetail } from '../../patches/detail-store'
import { PatchView } from '../../patches/patch-view'
import { MarkBadge } from './mark-badge'
import { markWords } from './mark-words'
import classes from './marks.module.css'
import { samples, useReview, useSamples } from './review-store'
import { sampleAt } from './sample-list-state'

/** The selected patch large, when that was asked for. */
export function LargePatch(): ReactNode {
  const { open, stretch } = useReview()
  const list = useSamples((state) => state)
  const { selected, total } = list
  const sample = selected?.sample ?? null
  const place = selected?.index ?? 0
  // Read ahead, so that stepping shows the next one at once.
  usePatchDetail(open ? sampleAt(list, place + 1) : null)
  usePatchDetail(open && place > 0 ? sampleAt(list, place - 1) : null)
  const mark = useMark(open ? sample : null)
  if (selected === null || sample === null) return null
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
        index={selected.index}
        total={total ?? 0}
        stretch={stretch}
        onStretch={(next) => useReview.setState({ stretch: next })}
        onStep={(step) => samples.select(selected.index + step)}
        onClose={() => useReview.setState({ open: false })}
      />
    </>
  )
}
