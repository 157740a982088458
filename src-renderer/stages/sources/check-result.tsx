import { Button, Loader, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SourceCheck } from '../../../src-shared/api/inspection'
import type { Sources } from '../../../src-shared/run/project'
import { counted } from '../../../src-shared/wording/counted'
import { ErrorCard } from '../../parts/error-card'
import { formatCount, formatSeconds } from '../../parts/format'
import { ProblemList } from '../../parts/problem-list'
import { checkKey, checkSources, useCheck } from './source-check'
import classes from './sources-stage.module.css'

/** What the last check of these sources found. */
export function CheckResult({ sources }: { sources: Sources }): ReactNode {
  const { state, key, found, error } = useCheck()
  const { source, demSource, landcoverSource } = sources
  if (source === null) return null
  if (state === 'none' || key !== checkKey(sources)) {
    return <Text c="dimmed">Check asks each source what it offers. Nothing is copied.</Text>
  }
  if (state === 'checking') {
    return (
      <Text c="dimmed" role="status">
        <Loader size={14} aria-hidden /> Asking the sources
      </Text>
    )
  }
  if (error !== null) {
    return (
      <ErrorCard error={error}>
        <Button size="compact-sm" onClick={() => void checkSources({ source, demSource, landcoverSource })}>
          Check again
        </Button>
      </ErrorCard>
    )
  }
  return found === null ? null : <Found found={found} />
}

function Found({ found }: { found: SourceCheck }): ReactNode {
  const { scenes, demTiles, landcoverTiles, firstDay, lastDay, seconds, problems, problemsTotal } = found
  return (
    <Stack gap="sm" role="status">
      <dl className={classes.facts}>
        <dt>Scenes</dt>
        <dd data-mark={scenes === 0 ? 'bad' : 'good'}>{scenes === 0 ? 'none' : formatCount(scenes)}</dd>
        <dt>Dates</dt>
        <dd>{firstDay === null || lastDay === null ? 'none' : `${firstDay} to ${lastDay}`}</dd>
        <dt>DEM tiles</dt>
        <dd data-mark={demTiles === 0 ? 'bad' : 'good'}>{demTiles === 0 ? 'none' : formatCount(demTiles)}</dd>
        <dt>Land-cover tiles</dt>
        <dd data-mark={landcoverTiles === 0 ? 'bad' : 'good'}>
          {landcoverTiles === 0 ? 'none' : formatCount(landcoverTiles)}
        </dd>
        <dt>Read in</dt>
        <dd>{formatSeconds(seconds)}</dd>
      </dl>
      <ProblemList
        title="Problems in the imagery"
        problems={problems}
        total={problemsTotal}
        summary={`${counted(problemsTotal, 'file or item', 'files or items')} cannot be used`}
      />
    </Stack>
  )
}
