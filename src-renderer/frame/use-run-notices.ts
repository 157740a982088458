import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import type { RunState } from '../../src-shared/api/run-state'
import { isActive, useRun } from '../stores/run-store'

/** Tells when a run ends, because people look elsewhere while it goes on. */
export function useRunNotices(): void {
  useEffect(
    () =>
      useRun.subscribe(({ run }, { run: before }) => {
        if (run !== null && run !== before && isActive(before) && !isActive(run)) tell(run)
      }),
    [],
  )
}

function tell({ status, until, error, skippedTotal, failures }: RunState): void {
  if (status === 'failed' && error !== null) {
    notifications.show({ color: 'red', title: error.message, message: error.hint, autoClose: 10_000 })
  } else if (status === 'cancelled') {
    notifications.show({
      title: 'The run was cancelled.',
      message: 'What is finished stays; start again to go on.',
    })
    // What is planned for a cluster is told where it is submitted.
  } else if (status === 'done' && until !== 'plan') {
    const open = failures.reduce((sum, { footprints }) => sum + footprints, 0)
    const left = [
      skippedTotal === 0 ? null : `${skippedTotal} inputs left out`,
      open === 0 ? null : `${open} footprints failed`,
    ].filter((part) => part !== null)
    notifications.show({
      color: left.length === 0 ? 'green' : 'yellow',
      title: 'The run is done.',
      message: left.length === 0 ? 'Nothing was left out.' : `${left.join(', ')}. The log says why.`,
    })
  }
}
