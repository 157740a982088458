import type { ProjectChange } from '../../src-shared/api/contract'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import { resolveSettings } from '../../src-shared/settings/parse'
import { SETTING_KEYS, SETTINGS } from '../../src-shared/settings/settings'
import { saveProject } from '../project/project-file'
import type { ProjectPaths } from '../project/project-paths'
import { SOFTWARE_VERSION } from '../software'
import { ChangeHistory } from './change-history'
import type { OpenedProjectFile } from './recover-project'

/** The project that is open: its settings and sources, their undo, and their file. */
export class OpenProject {
  private readonly history = new ChangeHistory<Project>()
  private writing: Promise<void> = Promise.resolve()
  private unwritten = 0
  private saveError: StudioError | null = null
  project: Project
  private readonly recovered: OpenedProjectFile['recovered']

  /** @param changed told after every change of the project or of whether it is saved */
  constructor(
    readonly paths: ProjectPaths,
    opened: OpenedProjectFile,
    private readonly changed: (what: 'project' | 'saved') => void,
  ) {
    this.project = opened.project
    this.recovered = opened.recovered
  }

  /** What the window shows of it; stages are somebody else's. */
  get state(): Omit<ProjectState, 'stages' | 'resultsRevision'> {
    const { name, created, sources, settings } = this.project
    return {
      folder: this.paths.folder,
      name,
      created,
      sources,
      settings,
      undo: this.history.undoLabel,
      redo: this.history.redoLabel,
      saved: this.saveError?.toJSON() ?? (this.unwritten > 0 ? 'saving' : 'saved'),
      recovered: this.recovered,
    }
  }

  /**
   * Changes settings, sources or the name as one step of undo.
   * @throws StudioError `settings-invalid`; nothing is changed then
   */
  update(change: ProjectChange): void {
    const before = this.project
    const after: Project = {
      ...before,
      softwareVersion: SOFTWARE_VERSION,
      name: change.name ?? before.name,
      settings:
        change.settings === undefined ? before.settings : resolveSettings(change.settings, before.settings),
      sources: { ...before.sources, ...withoutUndefined(change.sources ?? {}) },
    }
    if (JSON.stringify(after) === JSON.stringify(before)) {
      // Nothing changes, but what could not be written may be now.
      if (this.saveError !== null) this.save()
      return
    }
    this.history.note({ label: labelOf(before, after), before, after })
    this.take(after)
  }

  undo(): void {
    this.take(this.history.undo())
  }

  redo(): void {
    this.take(this.history.redo())
  }

  /** Waits until the file holds the project as it is. */
  async saved(): Promise<void> {
    await this.writing
  }

  private take(project: Project | null): void {
    if (project === null) return
    this.project = project
    this.save()
    this.changed('project')
  }

  private save(): void {
    this.unwritten++
    this.writing = this.writing.then(async () => {
      try {
        // Of changes that came while the last was being written only the newest matters.
        if (this.unwritten === 1) await saveProject(this.paths, this.project)
        this.saveError = null
      } catch (thrown) {
        this.saveError = toStudioError(thrown)
      } finally {
        this.unwritten--
        this.changed('saved')
      }
    })
  }
}

function withoutUndefined<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }
}

/** What a change is called in the undo menu. */
function labelOf(before: Project, after: Project): string {
  const keys = SETTING_KEYS.filter(
    (key) => JSON.stringify(before.settings[key]) !== JSON.stringify(after.settings[key]),
  )
  if (keys.length === 1) return SETTINGS[keys[0]].label
  if (keys.length > 1) return `${keys.length} settings`
  return before.name === after.name ? 'Sources' : 'Name'
}
