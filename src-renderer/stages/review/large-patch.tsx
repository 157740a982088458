import type { ReactNode } from 'react'
import { PatchView } from '../../patches/patch-view'
import { samples, useReview, useSamples } from './review-store'

/** The selected patch large, when that was asked for. */
export function LargePatch(): ReactNode {
  const { open, stretch } = useReview()
  const { selected, total } = useSamples((state) => state)
  const sample = selected?.sample ?? null
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
