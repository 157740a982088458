import type { MenuCommand } from '../../src-shared/api/contract'
import type { RunState } from '../../src-shared/api/run-state'
import { STAGE_LABELS, STAGES, type Stage } from '../../src-shared/api/stages'
import type { ProjectState } from '../../src-shared/api/studio-state'

/** What decides which commands can be carried out. */
export interface Situation {
  project: Pick<ProjectState, 'undo' | 'redo'> | null
  /** Whether a file of samples is looked at alone. */
  hasFile?: boolean
  status: RunState['status']
  /** While Review is shown: undo and redo are those of its marks. */
  review?: Pick<ProjectState, 'undo' | 'redo'> | null
}

export const COMMAND_GROUPS = ['Steps', 'Project', 'Run', 'Window'] as const

interface Command {
  group: (typeof COMMAND_GROUPS)[number]
  label: string
  /** Its shortcut, as keys.ts reads it; null where it has none. */
  keys: string | null
  possible(situation: Situation): boolean
}

const inProject = ({ project }: Situation): boolean => project !== null
const changesOf = ({ project, review }: Situation): Pick<ProjectState, 'undo' | 'redo'> | null =>
  review ?? project
const isFree = ({ status }: Situation): boolean =>
  !['running', 'pausing', 'paused', 'cancelling'].includes(status)
const isStoppable = ({ status }: Situation): boolean => ['running', 'pausing', 'paused'].includes(status)

const toStage = (stage: Stage): Command => ({
  group: 'Steps',
  label: STAGE_LABELS[stage],
  keys: `mod+${STAGES.indexOf(stage) + 1}`,
  possible: inProject,
})

const ofProject = (label: string, possible: Command['possible'], keys: string | null = null): Command => ({
  group: 'Project',
  label,
  keys,
  possible,
})

const ofRun = (label: string, possible: Command['possible']): Command => ({
  group: 'Run',
  label,
  keys: null,
  possible: (situation) => inProject(situation) && possible(situation),
})

const ofWindow = (label: string, keys: string, possible: Command['possible'] = () => true): Command => ({
  group: 'Window',
  label,
  keys,
  possible,
})

/** All commands of the window: those of its palette, its shortcuts and the native menu. */
export const COMMANDS: Readonly<Record<MenuCommand, Command>> = {
  sources: toStage('sources'),
  filter: toStage('filter'),
  subset: toStage('subset'),
  generate: toStage('generate'),
  review: toStage('review'),
  fuse: toStage('fuse'),
  'new-project': ofProject('New project', isFree),
  'open-project': ofProject('Open project', isFree),
  'open-sample': ofProject('Open sample project', isFree),
  'close-project': ofProject('Close project', (situation) => inProject(situation) && isFree(situation)),
  'open-file': ofProject('Open dataset file', () => true),
  'close-file': ofProject('Close file', ({ hasFile }) => hasFile === true),
  undo: ofProject('Undo', (situation) => typeof changesOf(situation)?.undo === 'string', 'mod+z'),
  redo: ofProject('Redo', (situation) => typeof changesOf(situation)?.redo === 'string', 'mod+shift+z'),
  start: ofRun('Start or resume run', (situation) => isFree(situation) || situation.status === 'paused'),
  pause: ofRun('Pause run', ({ status }) => status === 'running'),
  cancel: ofRun('Cancel run', isStoppable),
  commands: ofWindow('Commands', 'mod+k'),
  shortcuts: ofWindow('Shortcuts', '?'),
  log: ofWindow('Log', 'mod+j', inProject),
}
