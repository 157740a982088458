import { Group, Skeleton, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import type { RunState } from '../../../src-shared/api/run-state'
import type { StageState } from '../../../src-shared/api/stages'
import type { Split } from '../../../src-shared/footprint/footprint'
import { CopyButton } from '../../patches/copy-button'
import { formatBytes, formatCount } from '../../parts/format'
import { isActive } from '../../stores/run-store'
import classes from './fuse-stage.module.css'
import { VerifyDataset } from './verification'

interface DatasetPartProps {
  split: Split
  /** undefined where there is none, null while that is not known. */
  file: DatasetFile | undefined | null
  stage: StageState
  run: RunState
}

/** The dataset file of a split: how large, from when, whether it is of the present samples. */
export function DatasetPart({ split, file, stage, run }: DatasetPartProps): ReactNode {
  const active = isActive(run)
  const making = active && run.until === 'fuse'
  if (file === null) return <Skeleton height={96} />
  if (file === undefined) {
    return (
      <Text c="dimmed" className={classes.file}>
        {`${split}_dataset.h5 ${making ? 'is made when the run comes to it' : 'is not there yet'}.`}
      </Text>
    )
  }
  const { path, bytes, samples, written } = file
  return (
    <Stack gap="xs" className={classes.file}>
      <Group gap="xs" wrap="nowrap">
        <Text className={classes.path}>{path}</Text>
        <CopyButton what={`path of the ${split} dataset`} value={path} />
      </Group>
      <Text className={classes.number}>
        {`${formatCount(samples)} samples, ${formatBytes(bytes)}, written ${timeText(written)}.`}
        {stage.state === 'stale' ? ' Out of date: the samples changed since.' : ''}
      </Text>
      <VerifyDataset file={file} disabled={active} />
    </Stack>
  )
}

/** A time as the person's machine tells it, to the minute. */
function timeText(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
