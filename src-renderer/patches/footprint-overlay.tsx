import type { ReactNode } from 'react'
import { PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import classes from './footprint-overlay.module.css'
import type { Pixel } from './pixel'

/** Radius of a GEDI footprint in pixels: 12.5 m. */
const RADIUS = 12.5 / PIXEL_SIZE

interface FootprintOverlayProps {
  centre: PatchDetail['centre']
  pixel: Pixel | null
}

/** The circle of the footprint, and the frame of the pixel that is looked at, each light on dark. */
export function FootprintOverlay({ centre, pixel }: FootprintOverlayProps): ReactNode {
  return (
    <svg className={classes.overlay} viewBox={`0 0 ${PATCH_SIZE} ${PATCH_SIZE}`} aria-hidden>
      {centre === null
        ? null
        : [classes.halo, classes.footprint].map((name) => (
            <circle key={name} className={name} cx={centre.column} cy={centre.row} r={RADIUS} />
          ))}
      {pixel === null
        ? null
        : [classes.halo, classes.pixel].map((name) => (
            <rect key={name} className={name} x={pixel.column} y={pixel.row} width={1} height={1} />
          ))}
    </svg>
  )
}
