import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Sources } from '../../../src-shared/run/project'
import { Panel } from '../../parts/panel'
import { choosePlace } from '../../places/choose-places'
import { useDrop } from '../../places/drops'
import { changeSources } from '../../stores/change'
import { CheckResult } from './check-result'
import { OtherSource } from './other-source'
import classes from './sources-stage.module.css'
import { checkSources, useCheck } from './source-check'

/** Sources that have names of their own, and that other versions read. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'planetary-computer': 'Planetary Computer',
  'earth-search': 'Earth Search',
}

const FOLDER = 'folder'

/** Where scenes, terrain and land cover come from, and whether they are there. */
export function ImageryCard({ sources }: { sources: Sources }): ReactNode {
  const { source, demSource, landcoverSource } = sources
  const checking = useCheck(({ state }) => state === 'checking')
  const drop = useDrop(([folder]) => void changeSources({ source: folder }))
  const choose = async (): Promise<void> => {
    const folder = await choosePlace('imagery')
    if (folder !== null) await changeSources({ source: folder })
  }
  const isProvider = source !== null && source in PROVIDERS
  return (
    <div className={classes.drop} data-over={drop.over || undefined} {...drop.handlers}>
      <Panel
        title="Imagery"
        actions={
          <Button
            size="compact-sm"
            disabled={source === null}
            loading={checking}
            onClick={() => {
              if (source !== null) void checkSources({ source, demSource, landcoverSource })
            }}
          >
            Check
          </Button>
        }
      >
        <Stack gap="md">
          <Radio.Group
            label="Sentinel-2 scenes"
            description="This version reads imagery from folders only, not from online providers."
            value={isProvider ? source : FOLDER}
            onChange={() => void choose()}
          >
            <Group gap="md" mt="sm">
              <Radio value={FOLDER} label="Folder" />
              {Object.entries(PROVIDERS).map(([value, label]) => (
                <Radio key={value} value={value} label={label} disabled />
              ))}
            </Group>
          </Radio.Group>
          <div className={classes.chosen}>
            <Text className={classes.path} c={source === null ? 'dimmed' : 'inherit'} title={source ?? ''}>
              {source ?? 'No folder chosen yet'}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              aria-label="Choose imagery folder"
              onClick={() => void choose()}
            >
              Choose folder
            </Button>
          </div>
          <OtherSource
            label="Terrain (Copernicus DEM)"
            source={demSource}
            onChange={(folder) => changeSources({ demSource: folder })}
          />
          <OtherSource
            label="Land cover (ESA WorldCover)"
            source={landcoverSource}
            onChange={(folder) => changeSources({ landcoverSource: folder })}
          />
          <CheckResult sources={sources} />
        </Stack>
      </Panel>
    </div>
  )
}
