import { Button, Group, Title } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import { useProject } from '../stores/studio-store'
import { showFootprint } from '../subset-map/show-footprint'
import { PatchMap } from './patch-map'

interface PatchPlaceProps {
  sample: GridSample
  /** Told before the map of the project is shown. */
  onLeave: () => void
}

/** Where on Earth the footprint lies, and the way to the project's own map. */
export function PatchPlace({ sample: { lon, lat }, onLeave }: PatchPlaceProps): ReactNode {
  const project = useProject()
  if (lon === null || lat === null) return null
  const show = (folder: string): void => {
    onLeave()
    showFootprint(folder, { lon, lat })
  }
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={3}>Place</Title>
        {project === null ? null : (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMapPin size={14} aria-hidden />}
            onClick={() => show(project.folder)}
          >
            Show on the map
          </Button>
        )}
      </Group>
      <PatchMap lon={lon} lat={lat} />
    </section>
  )
}
