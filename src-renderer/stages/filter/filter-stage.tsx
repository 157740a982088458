import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState } from '../../parts/empty-state'
import { ErrorCard } from '../../parts/error-card'
import { useProject } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { FilterPlace } from './filter-place'
import { useFilter } from './filter-store'
import { useFootprints } from './use-footprints'

/** The step in which footprints are chosen: map and timeline, and beside them one row a filter. */
export default function FilterStage(): ReactNode {
  const project = useProject()
  return project === null ? null : <OpenFilter key={project.folder} />
}

function OpenFilter(): ReactNode {
  const project = useProject()
  const again = useFootprints()
  const { layer, layerError } = useFilter()
  if (project === null) return null
  const { inputs, combined } = project.sources
  const toSources = (
    <Button variant="default" onClick={() => useView.getState().showStage('sources')}>
      Go to Sources
    </Button>
  )
  if (inputs.length === 0 && combined.train === null && combined.test === null) {
    return (
      <EmptyState
        title="No footprints yet"
        text="Add folders with GEDI L4A granules in Sources; what is in them shows here."
      >
        {toSources}
      </EmptyState>
    )
  }
  if (layerError !== null) {
    return (
      <ErrorCard error={layerError}>
        <Button onClick={again}>Try again</Button>
        {toSources}
      </ErrorCard>
    )
  }
  if (layer?.state === 'loaded' && layer.rows === 0) {
    return (
      <EmptyState
        title="No footprints in these granules"
        text="None of their shots has a position and a time."
      >
        {toSources}
      </EmptyState>
    )
  }
  return <FilterPlace project={project} layer={layer} />
}
