import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import type { Split } from '../../../src-shared/footprint/footprint'
import { ErrorCard } from '../../parts/error-card'
import { formatCount } from '../../parts/format'
import { Panel } from '../../parts/panel'
import { RunButtons } from '../../run/run-buttons'
import { StartButton } from '../../run/start-button'
import { StepProgress } from '../../run/step-progress'
import { SettingRow } from '../../settings/setting-row'
import { isActive } from '../../stores/run-store'
import type { SplitTables } from './distributions-store'
import classes from './subset-stage.module.css'

interface DrawPanelProps {
  project: ProjectState
  run: RunState | null
  tables: Readonly<Record<Split, SplitTables>> | null
}

const SIZES: readonly { split: Split; setting: 'maxSizeTraining' | 'maxSizeTest' }[] = [
  { split: 'train', setting: 'maxSizeTraining' },
  { split: 'test', setting: 'maxSizeTest' },
]

/** How large the subset is to be and how it is drawn; draws it. */
export function DrawPanel({ project, run, tables }: DrawPanelProps): ReactNode {
  const active = isActive(run)
  const { stages, sources } = project
  const { staleBecause } = stages.subset
  const error = active ? null : (stages.subset.error ?? stages.filter.error)
  return (
    <Panel title="Draw a subset">
      <Stack gap="md">
        <div className={classes.settings}>
          {SIZES.map(({ split, setting }) => (
            <SettingRow
              key={setting}
              project={project}
              setting={setting}
              disabled={active || sources.subset[split] !== null}
            >
              <Text size="xs">
                {availableWords(tables?.[split], sources.subset[split], project.settings[setting])}
              </Text>
            </SettingRow>
          ))}
          <SettingRow project={project} setting="seed" disabled={active} />
        </div>
        {active || staleBecause === null ? null : (
          <Text size="xs">The charts show the subset as it was drawn before.</Text>
        )}
        {error === null ? null : <ErrorCard error={error} />}
        {active && run !== null ? (
          <Stack gap="sm">
            <StepProgress run={run} />
            <RunButtons status={run.status} />
          </Stack>
        ) : (
          <Stack gap="xs" align="flex-start">
            <StartButton
              project={project}
              until="subset"
              label="Draw subset"
              disabled={run === null || stages.subset.state === 'empty'}
              quiet={stages.subset.state === 'done'}
            />
            <Text size="xs" c="dimmed">
              {drawWords(project)}
            </Text>
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

function availableWords(tables: SplitTables | undefined, given: string | null, size: number): string {
  if (given !== null) return `The table was given: ${given}`
  if (tables === undefined) return '\u00a0'
  if (tables.combined === null) return 'How many are available is not known yet.'
  const { rows } = tables.combined
  return `${formatCount(rows)} available${rows > 0 && rows <= size ? ', all are taken' : ''}`
}

/** What the button will do, or why it cannot. */
function drawWords({ stages }: ProjectState): string {
  switch (stages.subset.state) {
    case 'empty':
      return 'There is nothing to draw from yet: add granules in Sources.'
    case 'done':
      return 'The subset belongs to these settings. The same settings draw the same footprints.'
    case 'ready':
    case 'running':
    case 'stale':
    case 'failed':
      return stages.filter.state === 'done'
        ? 'Takes the footprints from the combined tables.'
        : 'Reads the granules and makes the combined tables first, where that is not done.'
  }
}
