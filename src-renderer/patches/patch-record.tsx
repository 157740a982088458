import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { CopyButton } from './copy-button'
import classes from './patch-record.module.css'
import { NONE, recordLines, type RecordLine } from './record'

interface PatchRecordProps {
  sample: GridSample
  detail: PatchDetail | null
  /** In the large view, whose title says the shot number; each line can be copied there. */
  large?: boolean
}

/** What is known of a sample, line by line; lines that are still read keep their place. */
export function PatchRecord({ sample, detail, large = false }: PatchRecordProps): ReactNode {
  return (
    <div>
      {large ? null : (
        <Group gap="xs" wrap="nowrap">
          <Text c="dimmed">Shot</Text>
          <Text fw={600} className={classes.shot}>
            {sample.shotNumber}
          </Text>
          <CopyButton what="shot number" value={sample.shotNumber} />
        </Group>
      )}
      <dl className={classes.lines} data-large={large || undefined}>
        {recordLines(sample, detail).map((line) => (
          <div key={line.name} className={classes.line}>
            <dt>{line.name}</dt>
            <dd>{line.value ?? ' '}</dd>
            {large ? <CopyLine line={line} /> : null}
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Copies a line; as a definition of its own, since a list of them holds nothing else. */
function CopyLine({ line: { name, value, exact } }: { line: RecordLine }): ReactNode {
  const copied = exact ?? value
  return (
    <dd className={classes.copy}>
      {copied === null || copied === NONE ? null : <CopyButton what={inWords(name)} value={copied} />}
    </dd>
  )
}

/** "Land cover tile" within a sentence: its first letter small, but for abbreviations. */
function inWords(name: string): string {
  return /^[A-Z]{2}/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1)
}
