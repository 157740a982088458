import type { ReactNode } from 'react'
import { useDrop } from '../../places/drops'
import { useProject } from '../../stores/studio-store'
import { addInputs } from './change-inputs'
import { GediCard } from './gedi-card'
import { ImageryCard } from './imagery-card'
import { OutputCard } from './output-card'
import classes from './sources-stage.module.css'

/** Where the data come from and where the results go. What is dropped anywhere on it is taken for granules. */
export default function SourcesStage(): ReactNode {
  const project = useProject()
  const drop = useDrop((paths) => {
    if (project !== null) void addInputs(project.sources.inputs, paths)
  })
  if (project === null) return null
  return (
    <div className={classes.stage} data-over={drop.over || undefined} {...drop.handlers}>
      <GediCard project={project} />
      <div className={classes.side}>
        <ImageryCard sources={project.sources} />
        <OutputCard project={project} />
      </div>
    </div>
  )
}
