import type { ReactNode } from 'react'
import { SCL_COLOURS } from '../../src-shared/patches/class-colours'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { sclName } from './class-names'
import classes from './scl-shares.module.css'

/** The scene classification of a patch as a bar, and in words; classes that are not there are left out. */
export function SclShares({ shares }: { shares: PatchDetail['sclShares'] }): ReactNode {
  const present = shares
    .map(({ label, share }, value) => ({
      name: sclName(label),
      share: share ?? 0,
      colour: SCL_COLOURS.get(value),
    }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {present.map(({ name, share, colour }) => (
          <span key={name} style={{ flexGrow: share, background: colour }} />
        ))}
      </div>
      <ul className={classes.classes}>
        {present.map(({ name, share, colour }) => (
          <li key={name}>
            <span className={classes.swatch} style={{ background: colour }} aria-hidden />
            <span className={classes.name}>{name}</span>
            <span>{`${(100 * share).toFixed(2)} %`}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
