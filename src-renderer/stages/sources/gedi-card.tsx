import { Button, Group, Loader, Skeleton } from '@mantine/core'
import { IconFilePlus, IconFolderPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { GranuleInspection } from '../../../src-shared/api/inspection'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { counted } from '../../../src-shared/wording/counted'
import { EmptyState } from '../../parts/empty-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { ProblemList } from '../../parts/problem-list'
import { choosePlaces } from '../../places/choose-places'
import { LAST_STEP_OF_STAGE, startRun } from '../../stores/run-actions'
import { isActive, useRun } from '../../stores/run-store'
import { useStudio } from '../../stores/studio-store'
import { useAnswer, type Asked } from '../../stores/use-answer'
import { addInputs } from './change-inputs'
import { GivenTables } from './given-tables'
import { GranuleTable } from './granule-table'
import { allProblems, granuleTotals } from './granule-summary'
import { InputList } from './input-list'
import classes from './sources-stage.module.css'

/** GEDI folders and files, and what was recognised in them. */
export function GediCard({ project }: { project: ProjectState }): ReactNode {
  const { inputs } = project.sources
  const inspected = useAnswer(
    `sources.inspect ${project.folder}`,
    `${project.resultsRevision} ${JSON.stringify(inputs)}`,
    (client) => client.sources.inspect(),
  )
  return (
    <Panel title="GEDI" grow actions={<AddButtons inputs={inputs} />}>
      <div className={classes.gedi}>
        {inputs.length === 0 ? (
          <NoInputs />
        ) : (
          <>
            <InputList inputs={inputs} problems={inspected.answer?.problems ?? []} />
            <Inspection inspected={inspected} />
          </>
        )}
        <GivenTables sources={project.sources} />
      </div>
    </Panel>
  )
}

function AddButtons({ inputs }: { inputs: readonly string[] }): ReactNode {
  const [choosing, setChoosing] = useState(false)
  const add = async (kind: 'granules' | 'granule-files'): Promise<void> => {
    setChoosing(true)
    const paths = await choosePlaces(kind, true)
    setChoosing(false)
    if (paths !== null) await addInputs(inputs, paths)
  }
  return (
    <Group gap="sm" wrap="nowrap">
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconFolderPlus size={16} aria-hidden />}
        disabled={choosing}
        onClick={() => void add('granules')}
      >
        Add folder
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconFilePlus size={16} aria-hidden />}
        disabled={choosing}
        onClick={() => void add('granule-files')}
      >
        Add files
      </Button>
    </Group>
  )
}

function NoInputs(): ReactNode {
  const desktop = useStudio(({ state }) => state?.face === 'desktop')
  return (
    <EmptyState
      title="No granules yet"
      text={
        desktop
          ? 'Drop folders or files with GEDI L4A granules here, or choose them. Folders are searched with all below them.'
          : 'Choose folders or files with GEDI L4A granules. Folders are searched with all below them.'
      }
    />
  )
}

function Inspection({ inspected }: { inspected: Asked<GranuleInspection> }): ReactNode {
  const { answer, error, loading, again } = inspected
  if (error !== null) {
    return (
      <ErrorCard error={error}>
        <Button size="compact-sm" loading={loading} onClick={again}>
          Look again
        </Button>
      </ErrorCard>
    )
  }
  if (answer === null) {
    return (
      <>
        <div className={classes.totals}>
          <Loader size={14} aria-hidden /> Looking for granules
        </div>
        <Skeleton className={classes.table} />
      </>
    )
  }
  const problems = allProblems(answer)
  return (
    <>
      <div className={classes.totals}>
        <div className={classes.parts} role="status">
          {granuleTotals(answer).map((part) => (
            <span key={part}>{part}</span>
          ))}
          {loading ? <Loader size={14} aria-label="Looking for granules" /> : null}
        </div>
        <ReadButton granules={answer.granules} />
      </div>
      <ProblemList
        title="Problems in the GEDI inputs"
        problems={problems}
        total={problems.length}
        summary={`${counted(problems.length, 'file or folder', 'files or folders')} cannot be used`}
      />
      <div className={classes.table}>
        {answer.granules.length === 0 ? (
          <EmptyState
            title="No granule found"
            text="Granules are files named GEDI04_A_….h5. Choose a folder that holds some."
          >
            <Button variant="default" onClick={again}>
              Look again
            </Button>
          </EmptyState>
        ) : (
          <GranuleTable granules={answer.granules} />
        )}
      </div>
    </>
  )
}

/** Granules are read into the project when they are first needed; here people may do it at once. */
function ReadButton({ granules }: Pick<GranuleInspection, 'granules'>): ReactNode {
  const busy = useRun(({ run }) => isActive(run))
  const isWaiting = granules.some(({ shots, problem }) => shots === null && problem === null)
  if (!isWaiting) return null
  return (
    <Button size="compact-xs" disabled={busy} onClick={() => void startRun(LAST_STEP_OF_STAGE.sources)}>
      Read granules
    </Button>
  )
}
