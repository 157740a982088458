import { memo, type ReactNode } from 'react'
import type { GridSample } from '../../../src-shared/api/contract'
import type { Preset, Stretch } from '../../../src-shared/patches/presets'
import type { PatchOrder } from '../../../src-shared/patches/patch-list'
import { splitOf } from '../../patches/sample-key'
import { SuspectMark } from '../../patches/suspect-mark'
import { Thumbnail } from '../../patches/thumbnail'
import { SPLIT_COLOURS } from '../../theme/data-colours'
import { useMark } from '../../review/marks-store'
import { captionOf, nameOf } from './caption'
import { MarkBadge } from './mark-badge'
import { markWords } from './mark-words'
import classes from './patch-grid.module.css'

interface PatchCellProps {
  id: string
  /** null while it is not loaded. */
  sample: GridSample | null
  index: number
  total: number
  selected: boolean
  /** Whether it is the one that keys move from. */
  active: boolean
  preset: Preset
  stretch: Stretch
  edge: number
  /** Whether it is outside the view, drawn ahead. */
  beyond: boolean
  /** What the caption shows; null for no caption. */
  caption: PatchOrder | null
  left: number
  top: number
}

/** One sample of the grid. */
export const PatchCell = memo(function PatchCell({
  id,
  sample,
  index,
  total,
  selected,
  active,
  preset,
  stretch,
  edge,
  beyond,
  caption,
  left,
  top,
}: PatchCellProps): ReactNode {
  const mark = useMark(sample)
  const split = sample === null ? null : splitOf(sample)
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-label={
        sample === null ? 'Loading' : `${nameOf(sample)}${mark === null ? '' : `, ${markWords(mark)}`}`
      }
      aria-setsize={total}
      aria-posinset={index + 1}
      className={classes.cell}
      data-index={index}
      data-active={active || undefined}
      data-mark={mark?.mark}
      style={{ width: edge, transform: `translate(${left}px, ${top}px)` }}
    >
      {sample === null ? (
        <span className={classes.missing} style={{ height: edge }} />
      ) : (
        <Thumbnail
          picture={{ sample, preset, stretch, version: sample.version }}
          edge={edge}
          beyond={beyond}
        />
      )}
      {split === null ? null : (
        <span className={classes.split} style={{ top: edge, background: SPLIT_COLOURS[split] }} />
      )}
      <MarkBadge shown={mark} />
      {sample === null ? null : <SuspectMark suspects={sample.suspects} />}
      {caption === null ? null : (
        <span className={classes.caption}>{sample === null ? '' : captionOf(sample, caption)}</span>
      )}
    </div>
  )
})
