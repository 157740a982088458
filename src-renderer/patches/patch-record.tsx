import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { CopyButton } from './copy-button'
import classes from './patch-record.module.css'
import { recordLines } from './record'

interface PatchRecordProps {
  sample: GridSample
  detail: PatchDetail | null
}

/** What is known of a sample, line by line; lines that are still read keep their place. */
export function PatchRecord({ sample, detail }: PatchRecordProps): ReactNode {
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <Text c="dimmed">Shot</Text>
        <Text fw={600} className={classes.shot}>
          {sample.shotNumber}
        </Text>
        <CopyButton what="shot number" value={sample.shotNumber} />
      </Group>
      <dl className={classes.lines}>
        {recordLines(sample, detail).map(({ name, value }) => (
          <div key={name} className={classes.line}>
            <dt>{name}</dt>
            <dd>{value ?? ' '}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
