import { Button, Loader, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ServerCheck, SourceCheck } from '../../../src-shared/api/inspection'
import type { Sources } from '../../../src-shared/run/project'
import { counted } from '../../../src-shared/wording/counted'
import { formatSeconds } from '../../../src-shared/wording/duration'
import { ErrorCard } from '../../parts/error-card'
import { formatCount } from '../../parts/format'
import { ProblemList } from '../../parts/problem-list'
import { differentErrors, serverWords } from './server-words'
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
  const { scenes, demTiles, landcoverTiles, firstDay, lastDay, servers, seconds, problems, problemsTotal } =
    found
  const server = (layer: ServerCheck['layer']): ServerCheck | undefined =>
    servers.find((checked) => checked.layer === layer)
  return (
    <Stack gap="sm" role="status">
      <dl className={classes.facts}>
        <dt>Scenes</dt>
        <Layer server={server('scenes')} count={scenes} />
        {server('scenes') === undefined ? (
          <>
            <dt>Dates</dt>
            <dd>{firstDay === null || lastDay === null ? 'none' : `${firstDay} to ${lastDay}`}</dd>
          </>
        ) : null}
        <dt>DEM tiles</dt>
        <Layer server={server('dem')} count={demTiles} />
        <dt>Land-cover tiles</dt>
        <Layer server={server('landcover')} count={landcoverTiles} />
        <dt>Checked in</dt>
        <dd>{formatSeconds(seconds)}</dd>
      </dl>
      {differentErrors(servers).map((error) => (
        <ErrorCard key={`${error.tag} ${error.file ?? ''}`} error={error} />
      ))}
      <ProblemList
        title="Problems in the imagery"
        problems={problems}
        total={problemsTotal}
        summary={`${counted(problemsTotal, 'file or item', 'files or items')} cannot be used`}
      />
    </Stack>
  )
}

/** What there is of a layer: counted in a folder, or told by its server. */
function Layer({ server, count }: { server: ServerCheck | undefined; count: number }): ReactNode {
  if (server !== undefined)
    return <dd data-mark={server.error === null ? 'good' : 'bad'}>{serverWords(server)}</dd>
  return <dd data-mark={count === 0 ? 'bad' : 'good'}>{count === 0 ? 'none' : formatCount(count)}</dd>
}
