import { Code, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import { readingCode, torchCode } from '../../../src-shared/loading/reading-code'
import { CopyButton } from '../../patches/copy-button'
import { Panel } from '../../parts/panel'

interface ReadingPanelProps {
  folder: string
  files: readonly DatasetFile[] | null
}

const LIBRARIES = ['h5py', 'PyTorch'] as const
type Library = (typeof LIBRARIES)[number]

/** How the datasets are read, as Python to copy. */
export function ReadingPanel({ folder, files }: ReadingPanelProps): ReactNode {
  const [chosen, choose] = useState<Split>('train')
  const [library, chooseLibrary] = useState<Library>('h5py')
  const path = files?.find(({ split }) => split === chosen)?.path ?? `${folder}/${chosen}_dataset.h5`
  const code = library === 'h5py' ? readingCode(path) : torchCode(path, `${folder}/statistics.json`)
  return (
    <Panel title="How to read it" actions={<CopyButton what="Python code" value={code} />}>
      <Stack gap="sm">
        <Group gap="sm">
          <SegmentedControl
            aria-label="Dataset to read"
            size="xs"
            w={160}
            data={SPLITS.map((split) => ({ value: split, label: split === 'train' ? 'Train' : 'Test' }))}
            value={chosen}
            onChange={choose}
          />
          <SegmentedControl
            aria-label="Library to read with"
            size="xs"
            w={160}
            data={[...LIBRARIES]}
            value={library}
            onChange={chooseLibrary}
          />
        </Group>
        <Code block tabIndex={0} aria-label="Python code">
          {code}
        </Code>
        <Text c="dimmed">
          A chunk is one sample in the image layers, so samples can be read one by one in any order. They are
          in random order already, by the seed.
        </Text>
      </Stack>
    </Panel>
  )
}
