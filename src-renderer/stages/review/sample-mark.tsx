import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GridSample } from '../../../src-shared/api/contract'
import { useMark } from '../../review/marks-store'
import { MarkBadge } from './mark-badge'
import { markWords } from './mark-words'
import classes from './marks.module.css'
import { ReasonMenu } from './reason-menu'

/** The mark of the selected patch in words, and its reasons to choose. */
export function SampleMark({ sample }: { sample: GridSample }): ReactNode {
  const shown = useMark(sample)
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap" className={classes.line}>
      <Group gap="xs" wrap="nowrap">
        <span className={classes.beside}>
          <MarkBadge shown={shown} />
        </span>
        <Text fw={shown === null ? 400 : 600}>{markWords(shown)}</Text>
      </Group>
      <ReasonMenu label="Reason of this patch" sample={sample} />
    </Group>
  )
}
