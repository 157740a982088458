import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newProject, saveProject } from '../../src-main/project/project-file'
import { projectPaths } from '../../src-main/project/project-paths'
import { sidecarPath } from '../../src-worker/footprints/granule-summary'

/**
 * Makes a project that has read its granules already, from tables as they come out of that. The granules themselves are
 * empty files of the size and time that the sidecars tell.
 * @param tables Parquet files with their sidecars beside them
 */
export async function makeFootprintProject(folder: string, tables: readonly string[]): Promise<void> {
  const paths = projectPaths(folder)
  const granules = join(folder, 'granules')
  const footprints = join(folder, 'footprints')
  await mkdir(granules, { recursive: true })
  await mkdir(footprints, { recursive: true })
  for (const table of tables) {
    const granule = join(granules, basename(table).replace('.parquet', '.h5'))
    await writeFile(granule, '')
    await utimes(granule, 0, 0)
    await symlink(table, join(footprints, basename(table)))
    await symlink(sidecarPath(table), join(footprints, basename(sidecarPath(table))))
  }
  const project = newProject(paths)
  await saveProject(paths, { ...project, sources: { ...project.sources, inputs: [granules] } })
}
