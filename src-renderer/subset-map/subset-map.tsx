import { Box, Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import type { StateCounts } from '../../src-shared/explore/states'
import type { ColourBy, ShownState } from '../map/colour-by'
import { FootprintMap } from '../map/footprint-map'
import { EmptyState } from '../parts/empty-state'
import { ErrorCard } from '../parts/error-card'
import { formatCount } from '../parts/format'
import { tablesKey } from '../run/results-key'
import { isActive, useRun } from '../stores/run-store'
import { useStudio } from '../stores/studio-store'
import { loadSubsetLayer, refreshStates, useSubsetLayer } from './subset-layer-store'

/**
 * Milliseconds between two looks at what became of the footprints while samples are cut: the longer it has gone on, the
 * less some seconds show, and what drawing the map takes is lost to the run.
 */
const FIRST_MS = 5000
const LONGEST_MS = 60_000
const GROWTH = 3

interface SubsetMapProps {
  /** Name under which the map's view is remembered. */
  id: string
  project: ProjectState
  /** What the colours can stand for; the first is what the map begins with. */
  colours: readonly ColourBy[]
  /** Only footprints of this state are shown; null: all. */
  only?: ShownState | null
  /** The legend begins folded, where the same colours are explained beside the map. */
  legendFolded?: boolean
}

/** The footprints of the subset on the map, with what became of them; it grows while samples are cut. */
export function SubsetMap({
  id,
  project,
  colours,
  only = null,
  legendFolded = false,
}: SubsetMapProps): ReactNode {
  const cutting = useRun(({ run }) => isActive(run) && run?.step?.step === 'batch')
  const key = useRun(({ run }) => tablesKey(project, run))
  const [tries, setTries] = useState(0)
  const { loading, opened, states, scenes, error } = useSubsetLayer()
  const { folder } = project

  const connected = useStudio((store) => store.connected)
  useEffect(() => {
    if (!connected) return undefined
    const stop = new AbortController()
    void loadSubsetLayer(folder, key, stop.signal)
    return () => stop.abort()
  }, [folder, key, tries, connected])

  const loaded = opened !== null
  useEffect(() => {
    if (!cutting || !loaded) return undefined
    const stop = new AbortController()
    let timer: number
    const lookAfter = (wait: number): void => {
      timer = window.setTimeout(() => {
        void refreshStates(stop.signal)
        lookAfter(Math.min(LONGEST_MS, wait * GROWTH))
      }, wait)
    }
    lookAfter(FIRST_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [cutting, loaded])

  if (error !== null) {
    return error.tag === 'not-ready' ? (
      <EmptyState title="No subset to show" text="The map shows the footprints once the subset is drawn." />
    ) : (
      <Box p="md">
        <ErrorCard error={error}>
          <Button onClick={() => setTries((before) => before + 1)}>Try again</Button>
        </ErrorCard>
      </Box>
    )
  }
  if (opened === null) {
    return (
      <>
        <Skeleton h="100%" radius={0} />
        <VisuallyHidden role="status">{loadingWords(loading)}</VisuallyHidden>
      </>
    )
  }
  return (
    <FootprintMap
      id={id}
      label="Map of the subset"
      layer="subset"
      revision={`${key}-${states?.revision ?? 0}`}
      bounds={opened.bounds}
      summary={summaryOf(opened.rows, states)}
      colours={colours}
      scenes={scenes}
      states={states}
      only={only}
      legendFolded={legendFolded}
    />
  )
}

function loadingWords(loading: { done: number; total: number } | null): string {
  if (loading === null || loading.total === 0) return 'Loading footprints'
  return `Loading footprints, ${Math.floor((100 * loading.done) / loading.total)} %`
}

function summaryOf(rows: number, states: StateCounts | null): string {
  const all = `${formatCount(rows)} footprints in the subset.`
  if (states === null) return all
  const rejected = Object.values(states.rejected).reduce((sum, count) => sum + count, 0)
  return `${all} ${formatCount(states.done)} cut, ${formatCount(rejected)} rejected, ${formatCount(states.failed)} failed, ${formatCount(states.waiting)} waiting.`
}
