import { Accordion, Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import { counted } from '../../../src-shared/wording/counted'
import { formatCount } from '../../parts/format'
import { Panel } from '../../parts/panel'
import classes from './problems-panel.module.css'

/** Lines of one list that are shown; the log has all. */
const SHOWN = 50

/** What went wrong without ending the run: counted lines that open. */
export function ProblemsPanel({ run }: { run: RunState }): ReactNode {
  const { failures, skipped, skippedTotal } = run
  if (failures.length === 0 && skippedTotal === 0) return null
  const failed = failures.reduce((sum, { footprints }) => sum + footprints, 0)
  return (
    <Panel title="Left out">
      <Accordion multiple chevronPosition="left" order={3} transitionDuration={120}>
        {failures.length === 0 ? null : (
          <Accordion.Item value="failed">
            <Accordion.Control>
              {counted(failed, 'footprint')} failed: {counted(failures.length, 'error')}
            </Accordion.Control>
            <Accordion.Panel>
              <Text size="xs" c="dimmed" mb="sm">
                Imagery could not be read for them. They are no rejections: the next run tries again.
              </Text>
              <ul className={classes.list}>
                {failures.slice(0, SHOWN).map(({ error, footprints }) => (
                  <Problem key={keyOf(error)} error={error} count={counted(footprints, 'footprint')} />
                ))}
              </ul>
              <More shown={SHOWN} total={failures.length} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        {skippedTotal === 0 ? null : (
          <Accordion.Item value="skipped">
            <Accordion.Control>{counted(skippedTotal, 'input')} left out</Accordion.Control>
            <Accordion.Panel>
              <Text size="xs" c="dimmed" mb="sm">
                The run went on without them.
              </Text>
              <ul className={classes.list}>
                {skipped.slice(0, SHOWN).map((error) => (
                  <Problem key={keyOf(error)} error={error} count={null} />
                ))}
              </ul>
              <More shown={SHOWN} total={skippedTotal} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
      </Accordion>
    </Panel>
  )
}

/** What happened, where, how often, and what to do. */
function Problem({ error, count }: { error: SerializedError; count: string | null }): ReactNode {
  return (
    <li>
      <Text>
        {count === null ? '' : `${count}: `}
        {error.message}
      </Text>
      {error.file === undefined ? null : <Code className={classes.file}>{error.file}</Code>}
      <Text size="xs" c="dimmed">
        {error.hint}
      </Text>
    </li>
  )
}

function More({ shown, total }: { shown: number; total: number }): ReactNode {
  if (total <= shown) return null
  return (
    <Text size="xs" c="dimmed">
      The first {shown} of {formatCount(total)}; the log has all.
    </Text>
  )
}

function keyOf({ tag, file, message }: SerializedError): string {
  return `${tag} ${file ?? ''} ${message}`
}
