import { Button, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { GridSample } from '../../src-shared/api/contract'
import { GEOTIFF_LAYERS, type GeotiffLayers } from '../../src-shared/patches/geotiff-layers'
import { errorOf } from '../connection/studio'
import { saveGeotiff } from './save-geotiff'

const ALL_LAYERS = Object.keys(GEOTIFF_LAYERS) as GeotiffLayers[]

/** Saves a sample's layers as GeoTIFF. */
export function SaveMenu({ sample }: { sample: GridSample }): ReactNode {
  const [saving, setSaving] = useState(false)
  const save = async (layers: GeotiffLayers): Promise<void> => {
    setSaving(true)
    try {
      await saveGeotiff(sample, layers)
    } catch (thrown) {
      const { message, hint } = errorOf(thrown)
      notifications.show({ color: 'red', title: message, message: hint, autoClose: 10_000 })
    } finally {
      setSaving(false)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={saving}
        >
          Save as GeoTIFF
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ALL_LAYERS.map((layers) => (
          <Menu.Item
            key={layers}
            rightSection={
              <Text size="xs" c="dimmed" ml="md">
                {GEOTIFF_LAYERS[layers].help}
              </Text>
            }
            onClick={() => void save(layers)}
          >
            {GEOTIFF_LAYERS[layers].label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
