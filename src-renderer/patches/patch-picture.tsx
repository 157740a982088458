import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { PATCH_SIZE } from '../../src-shared/dataset/bands'
import { footprintRings } from '../../src-shared/patches/footprint-rings'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { PRESETS, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { renderPatch } from '../../src-shared/patches/render-patch'
import { FootprintOverlay } from './footprint-overlay'
import classes from './patch-picture.module.css'
import { pixelAt, type Pixel } from './pixel'

interface PatchPictureProps {
  patch: PatchDetail
  preset: Preset
  stretch: Stretch
  /** The pixel that is marked; null for none. */
  pixel?: Pixel | null
  /** Told the pixel under the pointer, null when it leaves. */
  onHover?: (pixel: Pixel | null) => void
  /** Told the pixel that was clicked. */
  onPick?: (pixel: Pixel) => void
}

/** A patch under one preset with its footprint drawn over it, as wide as its place. */
export function PatchPicture({
  patch,
  preset,
  stretch,
  pixel = null,
  onHover,
  onPick,
}: PatchPictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const pixels = Uint8ClampedArray.from(renderPatch(patch, preset, stretch))
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, PATCH_SIZE, PATCH_SIZE), 0, 0)
  }, [patch, preset, stretch])

  return (
    <div
      className={classes.picture}
      onPointerMove={onHover && ((event) => onHover(pixelUnder(event)))}
      onPointerLeave={onHover && (() => onHover(null))}
      onClick={onPick && ((event) => onPick(pixelUnder(event)))}
    >
      <canvas
        ref={canvas}
        className={classes.canvas}
        width={PATCH_SIZE}
        height={PATCH_SIZE}
        role="img"
        aria-label={`${PRESETS[preset].label} of shot ${patch.shotNumber}`}
      />
      <FootprintOverlay rings={footprintRings(patch)} pixel={pixel} />
    </div>
  )
}

function pixelUnder({ currentTarget, clientX, clientY }: React.MouseEvent<HTMLElement>): Pixel {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  return pixelAt(((clientX - left) / width) * PATCH_SIZE, ((clientY - top) / height) * PATCH_SIZE)
}
