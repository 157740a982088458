import type { ReactNode } from 'react'
import { Notice } from '../../parts/notice'
import { StartButton } from '../../run/start-button'
import { isActive, useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'

/** Says where the samples shown were cut with other settings than those of the project. */
export function CutBefore(): ReactNode {
  const project = useProject()
  const active = useRun(({ run }) => isActive(run))
  if (project?.stages.generate.state !== 'stale') return null
  return (
    <Notice
      tone="warning"
      title={`${project.stages.generate.staleBecause ?? 'Settings changed since'}. These samples were cut before.`}
    >
      <div>
        <StartButton project={project} until="batch" label="Cut again" disabled={active} quiet />
      </div>
    </Notice>
  )
}
