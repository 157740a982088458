import type { ReactNode } from 'react'
import { usePatchDetail } from '../../patches/detail-store'
import { PatchView } from '../../patches/patch-view'
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
  if (selected === null || sample === null) return null
  return (
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
  )
}
