import { Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { useStudio } from '../stores/studio-store'
import classes from './connection-notice.module.css'

/** Says that the line to the program is broken; it lies over the window, so that nothing moves when it comes and goes. */
export function ConnectionNotice(): ReactNode {
  const connected = useStudio((studio) => studio.connected)
  const known = useStudio(({ state }) => state !== null)
  return (
    <div role="status" className={classes.place}>
      {connected || !known ? null : (
        <div className={classes.notice}>
          <Loader size={14} aria-hidden />
          The line to the program is broken. It is tried again; a run goes on meanwhile.
        </div>
      )}
    </div>
  )
}
