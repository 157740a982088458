import type { ReactNode } from 'react'
import { PATCH_SIZE } from '../../src-shared/dataset/bands'
import type { FootprintRings } from '../../src-shared/patches/footprint-rings'
import classes from './footprint-overlay.module.css'
import type { Pixel } from './pixel'

interface FootprintOverlayProps {
  /** null where it is not known where the footprint lies. */
  rings: FootprintRings | null
  pixel: Pixel | null
}

/**
 * The circle of the footprint, the ring of its uncertainty, and the frame of the pixel that is looked at, each light on
 * dark.
 */
export function FootprintOverlay({ rings, pixel }: FootprintOverlayProps): ReactNode {
  return (
    <svg className={classes.overlay} viewBox={`0 0 ${PATCH_SIZE} ${PATCH_SIZE}`} aria-hidden>
      {rings === null ? null : (
        <>
          {[classes.dashedHalo, classes.reach].map((name) => (
            <circle key={name} className={name} cx={rings.column} cy={rings.row} r={rings.reach} />
          ))}
          {[classes.halo, classes.footprint].map((name) => (
            <circle key={name} className={name} cx={rings.column} cy={rings.row} r={rings.footprint} />
          ))}
        </>
      )}
      {pixel === null
        ? null
        : [classes.halo, classes.pixel].map((name) => (
            <rect key={name} className={name} x={pixel.column} y={pixel.row} width={1} height={1} />
          ))}
    </svg>
  )
}
