import { Button, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { LogEntry } from '../../src-shared/api/run-state'
import { lineTime } from './log-lines'
import classes from './log-panel.module.css'

interface LogListProps {
  lines: readonly LogEntry[]
  filtered: boolean
}

/** Pixels from the end within which the newest line is held in view. */
const NEAR_END = 24

/** Lines of the log. It follows the newest one until it is scrolled up. */
export function LogList({ lines, filtered }: LogListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 20,
    useFlushSync: false,
  })
  const newest = lines.at(-1)?.id
  useEffect(() => {
    if (following && newest !== undefined) virtualizer.scrollToEnd()
  }, [following, newest, lines.length, virtualizer])

  return (
    <div className={classes.place}>
      <div
        ref={scroller}
        className={classes.lines}
        role="log"
        aria-live="off"
        aria-label="Lines of the log"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollowing(scrollHeight - scrollTop - clientHeight < NEAR_END)
        }
      >
        <div className={classes.whole} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = lines[index]
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                data-level={entry.level}
                className={classes.line}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className={classes.time}>{lineTime(entry)}</span>
                <span className={classes.level}>{entry.level === 'info' ? '' : entry.level}</span>
                <span className={classes.message}>{entry.message}</span>
              </div>
            )
          })}
        </div>
        {lines.length === 0 ? (
          <Text c="dimmed" p="sm" ff="text">
            {filtered ? 'No line matches.' : 'Nothing has been run yet.'}
          </Text>
        ) : null}
      </div>
      {following ? null : (
        <Button
          className={classes.toEnd}
          size="compact-xs"
          onClick={() => {
            setFollowing(true)
          }}
        >
          Newest lines
        </Button>
      )}
    </div>
  )
}
