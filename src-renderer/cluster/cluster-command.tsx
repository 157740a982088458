import { Code, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { CopyButton } from '../patches/copy-button'
import { useAnswer } from '../stores/use-answer'
import classes from './cluster-panel.module.css'

/** How a cluster is used from a machine that is none. */
export function ClusterCommand({ project }: { project: ProjectState }): ReactNode {
  const { folder, settings, sources } = project
  const { answer } = useAnswer(
    `cluster.commandLine ${folder}`,
    JSON.stringify({ settings, sources }),
    (client) => client.cluster.commandLine(),
  )
  return (
    <Stack gap="xs" mt="sm">
      <Text>
        This machine has no Slurm. Put the project and its inputs on a disk that the nodes of a cluster share,
        and run this on its login node, with the paths that they have there. The window shows the tasks where
        it runs on the login node itself (gedi-dataset serve).
      </Text>
      {answer === null ? null : (
        <div className={classes.command}>
          <Code block>{answer}</Code>
          <CopyButton what="command line" value={answer} />
        </div>
      )}
    </Stack>
  )
}
