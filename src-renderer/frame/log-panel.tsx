import { Button, CloseButton, CopyButton, NativeSelect, TextInput } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { useRun } from '../stores/run-store'
import { useView } from '../stores/view-store'
import { filterLog, lineText, LOG_LEVELS, type LogLevel } from './log-lines'
import { LogList } from './log-list'
import classes from './log-panel.module.css'

const LEVEL_CHOICES: Readonly<Record<LogLevel, string>> = {
  info: 'All lines',
  warning: 'Warnings and errors',
  error: 'Errors',
}

/** The lines of the run, by level and text; Esc closes it. */
export function LogPanel(): ReactNode {
  const log = useRun((store) => store.log)
  const close = useView((view) => view.toggleLog)
  const [level, setLevel] = useState<LogLevel>('info')
  const [text, setText] = useState('')
  const lines = useMemo(() => filterLog(log, level, text), [log, level, text])
  return (
    <section
      className={classes.panel}
      aria-label="Log"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>Log</h2>
        <NativeSelect
          aria-label="Level of the log"
          value={level}
          onChange={(event) => {
            const { value } = event.currentTarget
            setLevel(LOG_LEVELS.find((each) => each === value) ?? 'info')
          }}
          data={LOG_LEVELS.map((each) => ({ value: each, label: LEVEL_CHOICES[each] }))}
        />
        <TextInput
          aria-label="Text in the log"
          placeholder="Find text"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={200}
        />
        <span className={classes.count}>
          {lines.length === log.length ? '' : `${lines.length} of ${log.length} lines`}
        </span>
        <CopyButton value={lines.map(lineText).join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} disabled={lines.length === 0}>
              {copied ? 'Copied' : 'Copy lines'}
            </Button>
          )}
        </CopyButton>
        <CloseButton aria-label="Close log" onClick={close} />
      </div>
      <LogList lines={lines} filtered={lines.length !== log.length} />
    </section>
  )
}
