import { Text, VisuallyHidden } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { FOOTPRINT_DIAMETER, GEOLOCATION_UNCERTAINTY } from '../../src-shared/patches/footprint-rings'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { PRESETS, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { savePatchPng } from './patch-png'
import classes from './patch-view.module.css'
import { pixelAfter, pixelAt, pixelIndex, type Pixel } from './pixel'
import { PixelTable } from './pixel-table'
import { pixelSentence } from './pixel-values'
import { PresetFigure } from './preset-figure'
import { footprintPixels, spectrumOf } from './spectrum'
import { SpectrumChart } from './spectrum-chart'
import { FOOTPRINT_COLOUR, PIXEL_COLOUR } from './spectrum-colours'

const ALL_PRESETS = Object.keys(PRESETS) as Preset[]
/** Where the pixel rests while the position of the footprint is not known. */
const MIDDLE = { column: 16, row: 16 }

interface ProbedPicturesProps {
  shotNumber: string
  /** null while it is read. */
  patch: PatchDetail | null
  stretch: Stretch
  /** What stands below the pictures. */
  children: ReactNode
}

/** The pictures and the pixel that is looked at: the one under the pointer, else the one that was picked. */
export function ProbedPictures({ shotNumber, patch, stretch, children }: ProbedPicturesProps): ReactNode {
  const [picked, pick] = useState<Pixel | null>(null)
  const [hovered, hover] = useState<Pixel | null>(null)
  // Only what the keyboard came to is read out: a pointer passes over dozens of pixels a second.
  const [sentence, say] = useState('')
  // Another patch begins anew; what stands below, with its map, is kept.
  const [probed, probe] = useState(shotNumber)
  if (probed !== shotNumber) {
    probe(shotNumber)
    pick(null)
    hover(null)
    say('')
  }
  const resting = picked ?? restingPixel(patch)
  const pixel = hovered ?? resting

  const move = (event: KeyboardEvent): void => {
    const next = pixelAfter(event.key, resting)
    if (next === null) return
    event.preventDefault()
    hover(null)
    pick(next)
    if (patch !== null) say(pixelSentence(patch, next))
  }
  const save = (preset: Preset): void => {
    if (patch !== null) void savePatchPng(patch, preset, stretch).catch(tellFault)
  }

  const footprint = useMemo(() => (patch === null ? [] : spectrumOf(patch, footprintPixels(patch))), [patch])
  const spectra = [
    { label: 'Footprint, mean', colour: FOOTPRINT_COLOUR, broad: true, points: footprint },
    {
      label: 'Pixel',
      colour: PIXEL_COLOUR,
      points: patch === null ? [] : spectrumOf(patch, [pixelIndex(pixel)]),
    },
  ]
  return (
    <div className={classes.columns}>
      <div className={classes.left}>
        <div
          className={classes.pictures}
          role="application"
          aria-label="Pixel probe. Arrow keys move the pixel."
          tabIndex={0}
          onKeyDown={move}
        >
          {ALL_PRESETS.map((preset) => (
            <PresetFigure
              key={preset}
              patch={patch}
              preset={preset}
              stretch={stretch}
              pixel={pixel}
              onHover={hover}
              onPick={pick}
              onSave={save}
            />
          ))}
          <Text size="xs" c="dimmed">
            {`White circle: the footprint, ${FOOTPRINT_DIAMETER} m across. Dashed ring: how far it reaches when its position is off by the usual ${GEOLOCATION_UNCERTAINTY} m. Yellow square: the pixel whose values are shown. It follows the pointer, or the arrow keys once a picture was clicked.`}
          </Text>
        </div>
        <VisuallyHidden role="status">{sentence}</VisuallyHidden>
        {children}
      </div>
      <div className={classes.values}>
        <SpectrumChart
          title="Reflectance of footprint and pixel"
          fileName="pixel_spectrum"
          spectra={spectra}
          note="Footprint: mean of the pixels that it touches, each counted alike. SCL, the twelfth band, is a class."
        />
        {patch === null ? null : <PixelTable patch={patch} pixel={pixel} />}
      </div>
    </div>
  )
}

/** The pixel that holds the centre of the footprint. */
function restingPixel(patch: PatchDetail | null): Pixel {
  const { column, row } = patch?.centre ?? MIDDLE
  return pixelAt(column, row)
}

function tellFault(): void {
  notifications.show({
    color: 'red',
    title: 'The picture could not be made.',
    message: 'Save the layers as GeoTIFF instead.',
  })
}
