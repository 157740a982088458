import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useStudio } from '../stores/studio-store'
import { pictureKey, type Picture } from './picture-loader'
import { pictures } from './pictures'
import { untilStill } from './view-moves'
import classes from './thumbnail.module.css'

/** Milliseconds the view is still before thumbnails are asked for: what flies past asks for nothing. */
const PATIENCE_MS = 60
/** The same for those outside the view, so that those in view come first. */
const PATIENCE_BEYOND_MS = 300

interface ThumbnailProps {
  picture: Picture
  /** Edge on the screen, px; a multiple of 32 shows every pixel alike. */
  edge: number
  /** Whether it is outside the view, where it will be wanted when the view moves. */
  beyond?: boolean
}

/**
 * The picture of a sample, decorative: what it shows is said beside it. A picture that is no longer wanted is not
 * loaded to its end, and one that changes stays until the next is there.
 */
export function Thumbnail({ picture, edge, beyond = false }: ThumbnailProps): ReactNode {
  const image = useRef<HTMLImageElement>(null)
  /** What is shown or on its way; null after a failure. */
  const flight = useRef<{ key: string; leave: AbortController } | null>(null)
  const connected = useStudio((store) => store.connected)
  const [failed, setFailed] = useState<string | null>(null)
  const key = pictureKey(picture)
  const broken = failed === key

  const show = (address: string): void => {
    image.current?.setAttribute('src', address)
    image.current?.setAttribute('data-picture', key)
    setFailed(null)
  }
  const load = useEffectEvent(() => {
    flight.current?.leave.abort()
    const leave = new AbortController()
    flight.current = { key, leave }
    const take = (address: string | null): void => {
      if (address !== null) show(address)
      else {
        flight.current = null
        setFailed(key)
      }
    }
    pictures.load(picture, take, leave.signal)
  })
  /** Shows what is there already. */
  const showPresent = useEffectEvent((): boolean => {
    const address = pictures.present(picture)
    if (address === undefined) return false
    flight.current?.leave.abort()
    flight.current = { key, leave: new AbortController() }
    show(address)
    return true
  })

  useEffect(() => {
    if (flight.current?.key === key || showPresent() || !connected) return undefined
    const patience = untilStill(beyond ? PATIENCE_BEYOND_MS : PATIENCE_MS)
    const timer = setTimeout(load, image.current?.hasAttribute('src') === true ? 0 : patience)
    return () => clearTimeout(timer)
  }, [key, connected, beyond])

  useEffect(
    () => () => {
      flight.current?.leave.abort()
      flight.current = null
    },
    [],
  )

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
      />
      {broken ? <IconPhotoOff className={classes.mark} size={20} aria-hidden /> : null}
    </span>
  )
}
