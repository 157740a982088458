import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Sources } from '../../../src-shared/run/project'
import { AddressField } from '../../parts/address-field'
import { Panel } from '../../parts/panel'
import { choosePlace } from '../../places/choose-places'
import { useDrop } from '../../places/drops'
import { changeSources } from '../../stores/change'
import { CheckResult } from './check-result'
import { OtherSource } from './other-source'
import classes from './sources-stage.module.css'
import { checkSources, useCheck } from './source-check'
import { SCENE_PROVIDERS, sourceKind, sourceWords } from './source-words'

/** Values of the choice that are no names of sources. */
const [FOLDER, API] = ['folder', 'api']

/** Where scenes, terrain and land cover come from, and whether they are there. */
export function ImageryCard({ sources }: { sources: Sources }): ReactNode {
  const { source, demSource, landcoverSource } = sources
  const checking = useCheck(({ state }) => state === 'checking')
  const drop = useDrop(([folder]) => void changeSources({ source: folder }))
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
          <ScenesSource source={source} />
          <OtherSource
            label="Terrain (Copernicus DEM)"
            source={demSource}
            onChange={(chosen) => changeSources({ demSource: chosen })}
          />
          <OtherSource
            label="Land cover (ESA WorldCover)"
            source={landcoverSource}
            onChange={(chosen) => changeSources({ landcoverSource: chosen })}
          />
          <CheckResult sources={sources} />
        </Stack>
      </Panel>
    </div>
  )
}

/** Where the scenes come from: a folder, a provider, or any STAC API by its address. */
function ScenesSource({ source }: { source: string | null }): ReactNode {
  // Somebody who has chosen to give an address, and has not given it yet.
  const [giving, setGiving] = useState(false)
  const kind = sourceKind(source)
  const chosen = giving || kind === 'api' ? API : kind === 'provider' ? (source ?? '') : FOLDER
  const choose = async (): Promise<void> => {
    const folder = await choosePlace('imagery')
    if (folder === null) return
    setGiving(false)
    await changeSources({ source: folder })
  }
  const onChange = (value: string): void => {
    if (value === FOLDER) void choose()
    else {
      setGiving(value === API)
      if (value !== API) void changeSources({ source: value })
    }
  }
  return (
    <>
      <Radio.Group label="Sentinel-2 scenes" value={chosen} onChange={onChange}>
        <Group gap="sm" mt="sm">
          <Radio value={FOLDER} label="Folder" />
          {SCENE_PROVIDERS.map((value) => (
            <Radio key={value} value={value} label={sourceWords(value)} />
          ))}
          <Radio value={API} label="STAC API" />
        </Group>
      </Radio.Group>
      {chosen === API ? (
        <AddressField
          label="Address of the STAC API"
          placeholder="https://…"
          value={kind === 'api' ? source : null}
          onChange={(address) => changeSources({ source: address })}
        />
      ) : chosen === FOLDER ? (
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
      ) : (
        <Text c="dimmed">
          Scenes are searched for around the footprints when the run plans, and read over the network.
        </Text>
      )}
    </>
  )
}
