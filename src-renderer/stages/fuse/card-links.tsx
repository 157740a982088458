import { Anchor, Group, Text } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { cardAddress } from '../../../src-shared/api/data-routes'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import type { CardFile } from '../../../src-shared/card/card'
import { studio } from '../../connection/studio'
import { Panel } from '../../parts/panel'
import { ask } from '../../stores/change'
import { useStudio } from '../../stores/studio-store'

const NAMES: Readonly<Record<CardFile, string>> = {
  'data_card.html': 'Data card',
  'data_card.md': 'Data card as Markdown',
  'croissant.json': 'Croissant',
}

interface CardLinksProps {
  project: ProjectState
  files: readonly DatasetFile[] | null
}

/** The files that describe the datasets: opened in a tab of their own by a browser, shown in their folder by the desktop window. */
export function CardLinks({ project, files }: CardLinksProps): ReactNode {
  const names = useCard(project, files)
  const face = useStudio(({ state }) => state?.face)
  if (names.length === 0) return null
  const link = (name: CardFile): ReactNode =>
    face === 'desktop' ? (
      <Anchor
        key={name}
        component="button"
        type="button"
        onClick={() => void ask((client) => client.studio.showFolder({ path: `${project.folder}/${name}` }))}
      >
        {NAMES[name]}
      </Anchor>
    ) : (
      <Anchor key={name} href={cardAddress(name)} target="_blank" rel="noopener">
        {NAMES[name]}
      </Anchor>
    )
  return (
    <Panel title="Data card">
      <Text>
        What is in the datasets, how it is spread, where it comes from and on which terms; beside the dataset
        files, to be handed on with them.
      </Text>
      <Group gap="md" mt="xs">
        {names.map(link)}
      </Group>
    </Panel>
  )
}

/** The files that there are; asked for again whenever results have changed. */
function useCard(project: ProjectState, files: readonly DatasetFile[] | null): readonly CardFile[] {
  const [names, setNames] = useState<readonly CardFile[]>([])
  const { folder, resultsRevision } = project
  useEffect(() => {
    const stop = new AbortController()
    const list = async (): Promise<void> => {
      const client = await studio()
      const found = await client.datasets.card(undefined, { signal: stop.signal })
      if (!stop.signal.aborted) setNames(found)
    }
    // The list of datasets says what is wrong where nothing can be asked.
    list().catch(() => setNames([]))
    return () => stop.abort()
  }, [folder, resultsRevision, files])
  return names
}
