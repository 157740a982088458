import { Button, Group, List, Loader, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import { counted } from '../../../src-shared/wording/counted'
import { formatSeconds } from '../../../src-shared/wording/duration'
import { ErrorCard } from '../../parts/error-card'
import { Notice } from '../../parts/notice'
import { useVerification, verify, type Verification } from './datasets-store'

/** Faults that are listed; a damaged file may have thousands. */
const MOST_LISTED = 50

/** Checks a dataset file from end to end, and says what was found. */
export function VerifyDataset({ file, disabled }: { file: DatasetFile; disabled: boolean }): ReactNode {
  const verification = useVerification(file)
  return (
    <>
      <Group gap="sm" mih={30}>
        {verification?.state === 'running' ? (
          <>
            <Loader size="xs" aria-hidden />
            <Text role="status">{`Reading ${counted(file.samples, 'sample')}`}</Text>
            <Button size="compact-sm" variant="default" onClick={verification.stop}>
              Stop
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Verify ${file.split} dataset`}
            disabled={disabled}
            onClick={() => void verify(file)}
          >
            {verification === undefined ? 'Verify' : 'Verify again'}
          </Button>
        )}
      </Group>
      {verification === undefined ? null : <Outcome verification={verification} />}
    </>
  )
}

function Outcome({ verification }: { verification: Verification }): ReactNode {
  switch (verification.state) {
    case 'running':
      return null
    case 'failed':
      return <ErrorCard error={verification.error.toJSON()} />
    case 'done':
      return verification.problems.length === 0 ? (
        <Notice
          tone="good"
          role="status"
          title={`No faults found in ${counted(verification.samples, 'sample')}, in ${formatSeconds(verification.seconds)}.`}
        />
      ) : (
        <Problems problems={verification.problems} />
      )
  }
}

function Problems({ problems }: { problems: readonly string[] }): ReactNode {
  const more = problems.length - MOST_LISTED
  return (
    <Notice tone="bad" role="alert" title={`${counted(problems.length, 'fault')} found`}>
      <List size="sm">
        {problems.slice(0, MOST_LISTED).map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
      {more > 0 ? <Text>{`And ${counted(more, 'other', 'others')}.`}</Text> : null}
      <Text>Fuse again. Where a fault stays, delete the batch it comes from and generate again.</Text>
    </Notice>
  )
}
