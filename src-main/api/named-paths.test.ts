import { expect, test } from 'vitest'
import { newProject } from '../project/project-file'
import { projectPaths } from '../project/project-paths'
import { refuseShell } from './named-paths'

test('the window gives no words that tasks on a cluster would run as shell', () => {
  const project = newProject(projectPaths('/data/forests'))
  const own = { ...project, settings: { ...project.settings, slurmSetup: 'module load nodejs/20' } }
  for (const key of ['slurmSetup', 'slurmDirectives', 'slurmProgram'])
    expect(() => refuseShell(own, { settings: { [key]: 'rm -rf ~' } }), key).toThrow(/is shell/)
  refuseShell(own, { settings: { slurmSetup: 'module load nodejs/20', slurmPartition: 'compute' } })
  refuseShell(own, { settings: { slurmSetup: null } })
})
