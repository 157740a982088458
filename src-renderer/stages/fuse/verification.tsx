import { Alert, Button, Group, List, Loader, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import { counted } from '../../../src-shared/wording/counted'
import { ErrorCard } from '../../parts/error-card'
import { formatSeconds } from '../../parts/format'
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
        <Alert color="green" variant="outline" icon={<IconCircleCheck aria-hidden />} role="status">
          {`No faults found in ${counted(verification.samples, 'sample')}, in ${formatSeconds(verification.seconds)}.`}
        </Alert>
      ) : (
        <Problems problems={verification.problems} />
      )
  }
}

function Problems({ problems }: { problems: readonly string[] }): ReactNode {
  const more = problems.length - MOST_LISTED
  return (
    <Alert
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={`${counted(problems.length, 'fault')} found`}
      role="alert"
    >
      <List size="sm">
        {problems.slice(0, MOST_LISTED).map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
      {more > 0 ? <Text mt="sm">{`And ${counted(more, 'other', 'others')}.`}</Text> : null}
      <Text mt="sm">Fuse again. Where a fault stays, delete the batch it comes from and generate again.</Text>
    </Alert>
  )
}
