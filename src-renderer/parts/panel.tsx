import { Box, Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './panel.module.css'
import { useOverflow } from './use-overflow'

interface PanelProps {
  title: string
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** Whether it fills the height that is left. */
  grow?: boolean
  children: ReactNode
}

/** A card with a title: the one way in which things are grouped. */
export function Panel({ title, actions, grow = false, children }: PanelProps): ReactNode {
  const [overflows, body] = useOverflow()
  return (
    <Box component="section" className={classes.panel} data-grow={grow || undefined} aria-label={title}>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Title order={2} size="h3">
          {title}
        </Title>
        {actions}
      </Group>
      <div ref={body} className={classes.body} tabIndex={overflows ? 0 : undefined}>
        {children}
      </div>
    </Box>
  )
}
