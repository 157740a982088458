import { spotlight } from '@mantine/spotlight'
import { stageOfCommand, type MenuCommand } from '../../src-shared/api/contract'
import { chooseAndOpenDataset } from '../places/open-dataset'
import { askForNewProject, chooseAndOpenProject, openSample } from '../places/open-project'
import { presentMarkLabels } from '../review/change-labels'
import { changeMarks } from '../review/marks-store'
import { ask } from '../stores/change'
import { cancelRun, LAST_STEP_OF_STAGE, pauseRun, resumeRun, startRun } from '../stores/run-actions'
import { useRun } from '../stores/run-store'
import { useStudio } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import { COMMANDS, type Situation } from './command-table'

/** What the commands are looked at with, as it is now. */
export function presentSituation(): Situation {
  return {
    project: useStudio.getState().state?.project ?? null,
    hasFile: (useStudio.getState().state?.file ?? null) !== null,
    status: useRun.getState().run?.status ?? 'idle',
    review: presentMarkLabels(),
  }
}

/** Carries out a command, whether it came from a key, the palette, a button or the native menu. */
export function carryOut(command: MenuCommand): void {
  if (!COMMANDS[command].possible(presentSituation())) return
  const stage = stageOfCommand(command)
  const view = useView.getState()
  if (stage !== null) view.showStage(stage)
  else void ACTIONS[command]?.()
}

/** Undoes or redoes marks while Review is shown, settings elsewhere. */
function change(direction: 'undo' | 'redo'): unknown {
  if (presentMarkLabels() !== null) return changeMarks(direction)
  return ask((client) => client.project[direction]())
}

const ACTIONS: Partial<Record<MenuCommand, () => unknown>> = {
  'new-project': askForNewProject,
  'open-project': chooseAndOpenProject,
  'open-sample': openSample,
  'close-project': () => ask((client) => client.project.close()),
  'open-file': chooseAndOpenDataset,
  'close-file': () => ask((client) => client.studio.closeFile()),
  undo: () => change('undo'),
  redo: () => change('redo'),
  start: () => (presentSituation().status === 'paused' ? resumeRun() : startRun(LAST_STEP_OF_STAGE.generate)),
  pause: pauseRun,
  cancel: cancelRun,
  commands: () => spotlight.open(),
  shortcuts: () => useView.getState().showShortcuts(true),
  log: () => useView.getState().toggleLog(),
}
