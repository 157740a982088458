import { Button, Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PreflightItem } from '../../../src-shared/api/inspection'
import type { Space } from '../../../src-shared/api/places'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { ErrorCard } from '../../parts/error-card'
import { formatBytes } from '../../parts/format'
import { Panel } from '../../parts/panel'
import { ask } from '../../stores/change'
import { useStudio } from '../../stores/studio-store'
import { useAnswer } from '../../stores/use-answer'
import classes from './sources-stage.module.css'

/** Lines of the preflight that say what a full run will need. */
const NEEDS = ['footprints', 'disk', 'time']

/** Where the results go, and whether there is room for them. */
export function OutputCard({ project }: { project: ProjectState }): ReactNode {
  const { folder, resultsRevision, sources, settings } = project
  const desktop = useStudio(({ state }) => state?.face === 'desktop')
  const space = useAnswer(`places.space ${folder}`, String(resultsRevision), (client) =>
    client.places.space({ path: folder }),
  )
  const needs = useAnswer(
    `run.preflight ${folder}`,
    `${resultsRevision} ${JSON.stringify([sources, settings])}`,
    (client) => client.run.preflight(),
  )
  return (
    <Panel
      title="Output"
      actions={
        desktop ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void ask((client) => client.studio.showFolder({ path: folder }))}
          >
            Show folder
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        <dl className={classes.facts}>
          <dt>Folder</dt>
          <dd>{folder}</dd>
          <dt>Free space</dt>
          <dd data-mark={markOf(space.answer)}>
            {space.answer === null ? <Skeleton h={18} w={160} /> : spaceWords(space.answer)}
          </dd>
          {needs.answer === null
            ? NEEDS.map((id) => <Waiting key={id} />)
            : needs.answer
                .filter(({ id }) => NEEDS.includes(id))
                .map((item) => <Need key={item.id} item={item} />)}
        </dl>
        {space.error === null ? null : (
          <ErrorCard error={space.error}>
            <Button size="compact-sm" onClick={space.again}>
              Look again
            </Button>
          </ErrorCard>
        )}
      </Stack>
    </Panel>
  )
}

function Need({ item: { label, value, mark, note } }: { item: PreflightItem }): ReactNode {
  return (
    <>
      <dt>{label} of a full run</dt>
      <dd data-mark={mark}>
        {value}
        {note === null ? null : <span className={classes.note}>{note}</span>}
      </dd>
    </>
  )
}

function Waiting(): ReactNode {
  return (
    <>
      <dt>
        <Skeleton h={18} w={96} />
      </dt>
      <dd>
        <Skeleton h={18} w={160} />
      </dd>
    </>
  )
}

function markOf(space: Space | null): 'good' | 'bad' {
  return space === null || (space.exists && space.writable) ? 'good' : 'bad'
}

function spaceWords({ exists, writable, freeBytes, totalBytes }: Space): string {
  if (!exists) return 'The folder is not there any more. Is its drive connected?'
  if (!writable) return 'The folder cannot be written. Change its permissions.'
  if (freeBytes === null) return 'not known'
  return totalBytes === null
    ? formatBytes(freeBytes)
    : `${formatBytes(freeBytes)} of ${formatBytes(totalBytes)}`
}
