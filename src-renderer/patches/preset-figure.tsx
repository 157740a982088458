import { ActionIcon, Group, Skeleton, Text, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { PRESETS, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { legendOf } from './legend'
import { LegendView } from './legend-view'
import { PatchPicture } from './patch-picture'
import classes from './preset-figure.module.css'
import type { Pixel } from './pixel'

interface PresetFigureProps {
  /** null while it is being read. */
  patch: PatchDetail | null
  preset: Preset
  stretch: Stretch
  /** Address of a picture to show while the patch is read. */
  meanwhile?: string
  pixel?: Pixel | null
  onHover?: (pixel: Pixel | null) => void
  onPick?: (pixel: Pixel) => void
  /** Saves the picture; without it there is no button for that. */
  onSave?: (preset: Preset) => void
}

/** A patch under one preset with its name and its legend; it keeps its place while it is read. */
export function PresetFigure(props: PresetFigureProps): ReactNode {
  const { patch, preset, stretch, meanwhile, onSave, ...probe } = props
  const { label } = PRESETS[preset]
  const legend = useMemo(
    () => (patch === null ? null : legendOf(patch, preset, stretch)),
    [patch, preset, stretch],
  )
  return (
    <figure className={classes.figure}>
      {patch !== null ? (
        <PatchPicture patch={patch} preset={preset} stretch={stretch} {...probe} />
      ) : meanwhile !== undefined ? (
        <img className={classes.meanwhile} src={meanwhile} alt="" />
      ) : (
        <Skeleton className={classes.place} radius={0} />
      )}
      <figcaption className={classes.caption}>
        <Group justify="space-between" wrap="nowrap" gap={4}>
          <Text fw={600}>{label}</Text>
          {onSave === undefined ? null : (
            <Tooltip label="Save as PNG">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Save ${label} as PNG`}
                aria-disabled={patch === null}
                onClick={() => onSave(preset)}
              >
                <IconDownload size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {legend === null ? null : <LegendView legend={legend} />}
      </figcaption>
    </figure>
  )
}
