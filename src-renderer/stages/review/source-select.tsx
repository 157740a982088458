import { Select } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import { sampleFileSchema } from '../../../src-shared/api/run-state'
import { studio } from '../../connection/studio'
import { useProject } from '../../stores/studio-store'
import { openFile } from './open-file'
import { changeQuery, useReview } from './review-store'

const BATCHES = 'batches'
const OPEN = 'open'

/** Whose samples are shown: the batches, a dataset of the project, or a file that is opened alone. */
export function SourceSelect(): ReactNode {
  const { query, opened } = useReview()
  const datasets = useDatasets()
  const choices = [
    { value: BATCHES, label: 'Batches' },
    ...datasets.map((split) => ({
      value: split,
      label: split === 'train' ? 'Train dataset' : 'Test dataset',
    })),
    ...opened.map(({ file, name }) => ({ value: file, label: name })),
    { value: OPEN, label: 'Open file…' },
  ]
  const choose = (value: string | null): void => {
    if (value === OPEN) void openFile()
    else if (value === BATCHES) changeQuery({ file: null })
    else if (value !== null) changeQuery({ file: sampleFileSchema.parse(value) })
  }
  return (
    <Select
      label="Samples from"
      size="xs"
      w={160}
      data={choices}
      value={query.file ?? BATCHES}
      allowDeselect={false}
      onChange={choose}
    />
  )
}

/** Splits whose dataset file is there. */
function useDatasets(): Split[] {
  const project = useProject()
  const revision = project?.resultsRevision
  const folder = project?.folder
  const [found, setFound] = useState<Split[]>([])
  useEffect(() => {
    let wanted = true
    const look = async (): Promise<void> => {
      const files = await (await studio()).datasets.list()
      if (wanted) setFound(SPLITS.filter((split) => files.some((file) => file.split === split)))
    }
    look().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [revision, folder])
  return found
}
