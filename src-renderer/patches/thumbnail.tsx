import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useStudio } from '../stores/studio-store'
import classes from './thumbnail.module.css'

/** Milliseconds a thumbnail stays on the screen before it is asked for: what flies past asks for nothing. */
const PATIENCE_MS = 60

interface ThumbnailProps {
  /** Address of the picture. */
  address: string
  /** Edge on the screen, px; a multiple of 32 shows every pixel alike. */
  edge: number
}

/**
 * The picture of a sample, decorative: what it shows is said beside it. A picture that is no longer wanted is not
 * loaded to its end, and one that changes stays until the next is there.
 */
export function Thumbnail({ address, edge }: ThumbnailProps): ReactNode {
  const image = useRef<HTMLImageElement>(null)
  const connected = useStudio((store) => store.connected)
  const [failed, setFailed] = useState<string | null>(null)
  const broken = failed === address

  useEffect(() => {
    const element = image.current
    if (element === null || !connected) return undefined
    const timer = setTimeout(() => (element.src = address), element.hasAttribute('src') ? 0 : PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [address, connected])

  useEffect(() => {
    const element = image.current
    return () => element?.removeAttribute('src')
  }, [])

  return (
    <span className={classes.frame} data-broken={broken || undefined} style={{ width: edge, height: edge }}>
      <img
        ref={image}
        className={classes.picture}
        alt=""
        width={edge}
        height={edge}
        draggable={false}
        decoding="async"
        onLoad={() => setFailed(null)}
        onError={() => setFailed(address)}
      />
      {broken ? <IconPhotoOff className={classes.mark} size={20} aria-hidden /> : null}
    </span>
  )
}
