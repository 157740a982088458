import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './icon-button.module.css'

interface IconButtonProps {
  /** What it does; its accessible name, and shown on hover. */
  label: string
  icon: ReactNode
  onClick: () => void
  disabled?: boolean
  /** The stronger of several buttons side by side. */
  strong?: boolean
}

/** A button that is an icon: with its name for those who cannot tell by the picture. */
export function IconButton({
  label,
  icon,
  onClick,
  disabled = false,
  strong = false,
}: IconButtonProps): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.button}
        aria-label={label}
        // Not `disabled`: the focus would be lost when the last change is undone, and its name could not be hovered for.
        aria-disabled={disabled}
        data-disabled={disabled}
        onClick={() => {
          if (!disabled) onClick()
        }}
        {...(strong ? { variant: 'light', color: 'accent' } : {})}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
