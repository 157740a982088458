import { Button, List, Skeleton, Stack, Text } from '@mantine/core'
import { lazy, Suspense, type ReactNode } from 'react'
import { distanceText, sharingWords, type Leakage } from '../../../src-shared/run/leakage'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import classes from './fuse-stage.module.css'
import { measureAgain, useLeakage } from './leakage-store'

const DistanceChart = lazy(() => import('./distance-chart'))

/** Height of the panel's content while it is measured, px. */
const HEIGHT = 400

/** How near test patches lie to train patches, in one figure, and what can be done about it. */
export function LeakagePanel(): ReactNode {
  const known = useLeakage()
  if (known.state === 'known' && known.leakage === null) return null
  return (
    <Panel title="Leakage">
      {known.state === 'measuring' ? (
        <Stack gap="md">
          <Text role="status">Measuring how near test patches lie to train patches.</Text>
          <Skeleton height={HEIGHT} />
        </Stack>
      ) : null}
      {known.state === 'failed' ? (
        <ErrorCard error={known.error.toJSON()}>
          <Button size="compact-sm" onClick={measureAgain}>
            Try again
          </Button>
        </ErrorCard>
      ) : null}
      {known.state === 'known' && known.leakage !== null ? <Measured leakage={known.leakage} /> : null}
    </Panel>
  )
}

function Measured({ leakage }: { leakage: Leakage }): ReactNode {
  const { basis, median, sharing } = leakage
  return (
    <Stack gap="md">
      <div>
        <Text size="lg" fw={600} className={classes.number}>
          {`${sharingWords(leakage)}.`}
        </Text>
        <Text className={classes.number}>
          {median === null
            ? 'One of the splits is empty, so there is no distance between them.'
            : `Half of the test footprints lie within ${distanceText(median)} of a train footprint.`}
        </Text>
        <Text c="dimmed">
          {basis === 'samples'
            ? 'Measured on the samples of the datasets.'
            : 'Estimated from the subset tables. Footprints that are left out while cutting still count here.'}
        </Text>
      </div>
      {median === null ? null : (
        <Suspense fallback={<Skeleton height={HEIGHT} />}>
          <DistanceChart distances={leakage.distances} />
        </Suspense>
      )}
      {sharing === 0 ? null : <Advice />}
    </Stack>
  )
}

/** What can be done about shared pixels. */
function Advice(): ReactNode {
  return (
    <div>
      <Text>
        Where test patches show ground that was trained on, scores on them come out too good for new places.
        Splitting by year allows it. Two settings in Subset prevent it:
      </Text>
      <List size="sm" className={classes.advice}>
        <List.Item>
          Test apart from train leaves test footprints out that are too near. Windows share no pixels from
          about 470 m on.
        </List.Item>
        <List.Item>
          Spatial blocks split by ground instead of by year, with a buffer between blocks.
        </List.Item>
      </List>
    </div>
  )
}
