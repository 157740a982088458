import { Text, Tooltip, UnstyledButton } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { Panel } from '../../parts/panel'
import { sampleKey, samplePlace } from '../../patches/sample-key'
import { Thumbnail } from '../../patches/thumbnail'
import { useView } from '../../stores/view-store'
import classes from './newest-strip.module.css'
import { useSteady } from './use-steady'

/** Edge of a thumbnail, px: every pixel of the patch is two on the screen. */
const EDGE = 64
/** Milliseconds that patches stay: batches may be finished faster than pictures are loaded and looked at. */
const STAY_MS = 10_000

/** The newest patches in true colour, as they are cut. */
export function NewestStrip({ run }: { run: RunState }): ReactNode {
  const newest = useSteady(run.newest, STAY_MS)
  // A run may cut a batch anew, and its pictures are then others.
  return <Patches newest={newest} version={String(run.started ?? 0)} />
}

/** Drawn only when there are others: the rest of the page changes every second. */
const Patches = memo(function Patches({
  newest,
  version,
}: {
  newest: RunState['newest']
  version: string
}): ReactNode {
  return (
    <Panel title="Newest patches">
      {newest.length === 0 ? (
        <Text c="dimmed" className={classes.empty}>
          They appear here when the first batch is finished.
        </Text>
      ) : (
        <ul className={classes.strip} aria-label="Newest patches, newest first">
          {newest.map((sample) => (
            <li key={sampleKey(sample)}>
              <Tooltip label={samplePlace(sample)}>
                <UnstyledButton
                  className={classes.patch}
                  aria-label={`Open Review: ${samplePlace(sample)}`}
                  onClick={() => useView.getState().showStage('review')}
                >
                  <Thumbnail
                    picture={{ sample, preset: 'true-colour', stretch: 'fixed', version }}
                    edge={EDGE}
                  />
                </UnstyledButton>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
})
