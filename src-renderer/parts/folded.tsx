import { Button, Collapse, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId, type ReactNode } from 'react'

interface FoldedProps {
  /** What the button shows and hides: "details". */
  what: string
  /** Further buttons beside it. */
  beside?: ReactNode
  /** What is folded away. @param opened whether it can be seen */
  children: (opened: boolean) => ReactNode
}

/** A part of a notice that is folded away until a button shows it. */
export function Folded({ what, beside = null, children }: FoldedProps): ReactNode {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  return (
    <>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={opened}
          aria-controls={id}
          onClick={toggle}
        >
          {`${opened ? 'Hide' : 'Show'} ${what}`}
        </Button>
        {beside}
      </Group>
      <Collapse expanded={opened} id={id}>
        {children(opened)}
      </Collapse>
    </>
  )
}
