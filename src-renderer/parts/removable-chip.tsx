import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './removable-chip.module.css'

/** Something that is chosen, said in words, which a click takes away. */
export function RemovableChip({ label, onRemove }: { label: string; onRemove: () => void }): ReactNode {
  return (
    <button
      type="button"
      className={classes.chip}
      aria-label={`Remove ${label}`}
      title={`Remove ${label}`}
      onClick={onRemove}
    >
      <span className={classes.label}>{label}</span>
      <IconX size={12} aria-hidden />
    </button>
  )
}
