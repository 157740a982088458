import type { ProjectChange } from '../../src-shared/api/contract'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import { SHELL_SETTINGS } from '../../src-shared/settings/cluster-settings'
import { flagOf } from '../../src-shared/settings/flags'
import type { PathGrants } from '../studio/path-grants'

/** Names of providers, and addresses: no paths of this machine. */
const NO_PATH = /^(?:planetary-computer|earth-search|aws|[a-z][a-z0-9+.-]*:\/\/.*)$/i

/** Checks a source that the window named. @throws StudioError `path-not-allowed` */
export function checkSource(grants: PathGrants, source: string | null): void {
  if (source !== null && !NO_PATH.test(source)) grants.check(source)
}

/**
 * Lets the window put no words into the project that tasks on a cluster run as shell; those that are in it may be taken away.
 * @throws StudioError `settings-invalid`
 */
export function refuseShell({ settings }: Project, change: ProjectChange): void {
  for (const key of SHELL_SETTINGS) {
    const value = change.settings?.[key]
    if (value === undefined || value === null || value === settings[key]) continue
    throw new StudioError('settings-invalid', `--${flagOf(key)} is shell, which the window cannot give.`, {
      hint: 'Give it once on the command line, with gedi-dataset slurm script; it stays with the project.',
    })
  }
}

/**
 * Checks the paths that a change would put into the project; those that are in it already may stay.
 * @throws StudioError `path-not-allowed`
 */
export function checkChange(grants: PathGrants, project: Project, change: ProjectChange): void {
  const { inputs, source, demSource, landcoverSource, combined, subset } = change.sources ?? {}
  const named = [
    ...(inputs ?? []),
    source,
    demSource,
    landcoverSource,
    combined?.train,
    combined?.test,
    subset?.train,
    subset?.test,
    typeof change.settings?.area === 'string' ? change.settings.area : null,
  ]
  const known = new Set(pathsOf(project))
  for (const path of named)
    if (path !== undefined && path !== null && !known.has(path)) checkSource(grants, path)
}

function pathsOf({ sources, settings }: Project): (string | null)[] {
  const { inputs, source, demSource, landcoverSource, combined, subset } = sources
  const tables = [combined.train, combined.test, subset.train, subset.test]
  return [...inputs, source, demSource, landcoverSource, ...tables, settings.area]
}
