import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ClusterState } from '../../src-shared/api/cluster-state'
import type { RunState } from '../../src-shared/api/run-state'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { counted } from '../../src-shared/wording/counted'
import { ErrorCard } from '../parts/error-card'
import { Folded } from '../parts/folded'
import { Notice } from '../parts/notice'
import { Panel } from '../parts/panel'
import { StepProgress } from '../run/step-progress'
import { SHELL_SETTINGS } from '../../src-shared/settings/cluster-settings'
import { SettingGroups } from '../settings/setting-groups'
import { isActive } from '../stores/run-store'
import { ClusterButtons, useClusterActions } from './cluster-buttons'
import classes from './cluster-panel.module.css'
import { ClusterCommand } from './cluster-command'
import { ShellSettings } from './shell-settings'
import { TaskTable } from './task-table'
import { tasksInShort } from './task-words'

const GROUPS = ['cluster'] as const

interface ClusterPanelProps {
  project: ProjectState
  run: RunState | null
  cluster: ClusterState
}

/** The project on a Slurm cluster: its tasks and what can be done to them; a line on how to, where there is no cluster. */
export function ClusterPanel({ project, run, cluster }: ClusterPanelProps): ReactNode {
  const { available, tasks, error } = cluster
  const actions = useClusterActions()
  const active = tasks.some((task) => task.active)
  if (!available && tasks.length === 0) {
    return (
      <Panel title="Cluster">
        <Folded what="how to use a cluster">
          {(opened) => (opened ? <ClusterCommand project={project} /> : null)}
        </Folded>
      </Panel>
    )
  }
  return (
    <Panel title="Cluster">
      <Stack gap="md">
        <div className={classes.line}>
          <Words project={project} cluster={cluster} />
          {available ? (
            <ClusterButtons project={project} cluster={cluster} actions={actions} isRunning={isActive(run)} />
          ) : null}
        </div>
        {active ? <Progress cluster={cluster} /> : null}
        {actions.error === null ? null : <ErrorCard error={actions.error} />}
        {actions.isNothingLeft ? (
          <Notice tone="info" title="Nothing is left to do." role="status">
            <Text>All batches are cut and fused.</Text>
          </Notice>
        ) : null}
        {error === null ? null : <ErrorCard error={error} />}
        {active || !available ? null : <ShellSettings settings={project.settings} />}
        {tasks.length === 0 ? null : <TaskTable tasks={tasks} />}
        {active || !available ? null : (
          <Folded what="settings of tasks">
            {() => (
              <>
                <SettingGroups
                  project={project}
                  groups={GROUPS}
                  open={GROUPS}
                  disabled={false}
                  without={SHELL_SETTINGS}
                />
                <Text size="xs" c="dimmed">
                  A set-up line, more directives and the program on the cluster are shell. They are given on
                  the command line, once: gedi-dataset slurm script --output FOLDER --slurm-setup "…".
                </Text>
              </>
            )}
          </Folded>
        )}
      </Stack>
    </Panel>
  )
}

function Words({ project, cluster }: { project: ProjectState; cluster: ClusterState }): ReactNode {
  const { slurmBatches } = project.settings
  const { title, text } =
    cluster.tasks.length > 0
      ? tasksInShort(cluster)
      : {
          title: 'Cut on the cluster instead',
          text: `Tasks cut ${counted(slurmBatches, 'batch', 'batches')} each, and fuse the datasets when all are finished. The project folder must be on a disk that all nodes share.`,
        }
  return (
    <div className={classes.words} role="status">
      <Text size="lg" fw={600}>
        {title}
      </Text>
      <Text c="dimmed">{text}</Text>
    </div>
  )
}

/** All batches of the project, as a run of this machine shows them. */
function Progress({ cluster: { progress } }: { cluster: ClusterState }): ReactNode {
  if (progress === null) return null
  const { done, total, batches, rate, etaSeconds } = progress
  const what = `${batches.total - batches.done} of ${counted(batches.total, 'batch', 'batches')}`
  const step = { step: 'batch', what, done, total, unit: 'footprints' } as const
  return <StepProgress run={{ status: 'running', step, finishing: false, rate, etaSeconds }} large />
}
