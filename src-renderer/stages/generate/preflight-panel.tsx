import { Button, Skeleton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  type TablerIcon,
} from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import type { PreflightItem } from '../../../src-shared/api/inspection'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { useStudio } from '../../stores/studio-store'
import classes from './preflight-panel.module.css'
import { loadPreflight, usePreflight } from './preflight-store'

/** Milliseconds without a change of the project until it is looked at. */
const REST_MS = 300
const LINES = 6

const MARKS: Readonly<Record<PreflightItem['mark'], { word: string; icon: TablerIcon }>> = {
  good: { word: 'Good', icon: IconCircleCheck },
  warning: { word: 'Warning', icon: IconAlertTriangle },
  bad: { word: 'Problem', icon: IconCircleX },
  unknown: { word: 'Not known', icon: IconHelpCircle },
}

/** The list that is gone through before a long run. */
export function PreflightPanel({ project }: { project: ProjectState }): ReactNode {
  const { items, error } = usePreflight()
  const [tries, setTries] = useState(0)
  const { folder, settings, sources, resultsRevision } = project
  const connected = useStudio((store) => store.connected)
  useEffect(() => {
    if (!connected) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => void loadPreflight(folder, stop.signal), REST_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [folder, settings, sources, resultsRevision, tries, connected])
  return (
    <Panel title="Before the run" grow>
      {error !== null ? (
        <ErrorCard error={error}>
          <Button onClick={() => setTries((before) => before + 1)}>Try again</Button>
        </ErrorCard>
      ) : items === null ? (
        <div className={classes.list} aria-busy="true">
          {Array.from({ length: LINES }, (_, line) => (
            <Skeleton key={line} h={40} />
          ))}
        </div>
      ) : (
        <ul className={classes.list}>
          {items.map((item) => (
            <PreflightLine key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function PreflightLine({ item: { label, value, mark, note } }: { item: PreflightItem }): ReactNode {
  const { word, icon: Icon } = MARKS[mark]
  return (
    <li className={classes.line}>
      <span className={classes.mark} data-mark={mark}>
        <Icon size={16} aria-hidden />
        {word}
      </span>
      <span>{label}</span>
      <span className={classes.value}>{value}</span>
      {note === null ? null : <span className={classes.note}>{note}</span>}
    </li>
  )
}
