import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../src-shared/api/contract'
import type { RunState } from '../../src-shared/api/run-state'
import { STAGE_LABELS, STAGES } from '../../src-shared/api/stages'
import type { StudioState } from '../../src-shared/api/studio-state'
import type { MarkChangeLabels } from '../../src-shared/review/marks'

type Items = MenuItemConstructorOptions[]

/** What the menu depends on; it is made anew when this changes. */
export interface MenuModel {
  /** What undo and redo would do, in words, null where there is nothing; null without a project. */
  project: { undo: string | null; redo: string | null } | null
  /** Whether a file of samples is looked at alone. */
  hasFile: boolean
  /** Projects that can be opened, newest first. */
  recent: readonly { name: string; folder: string }[]
  run: RunState['status']
}

/** What the items do. */
export interface MenuActions {
  /** Has the page carry out a command. */
  command(command: MenuCommand): void
  /** Undoes or redoes: the text in a field, or else the last change in the stage that is shown. */
  change(direction: 'undo' | 'redo'): void
  openRecent(folder: string): void
  showDocuments(): void
}

/**
 * The menu as it is at this state of the studio.
 * @param marks what undo and redo of marks would do, while the window shows the stage in which they act on marks
 */
export function menuModel(
  state: StudioState | null,
  run: RunState['status'],
  marks: MarkChangeLabels | null,
): MenuModel {
  const project = state?.project ?? null
  const recent = (state?.recent ?? []).filter(({ exists, folder }) => exists && folder !== project?.folder)
  return {
    project: project === null ? null : labelsOf(marks ?? project),
    hasFile: (state?.file ?? null) !== null,
    recent: recent.map(({ name, folder }) => ({ name, folder })),
    run,
  }
}

function labelsOf({ undo, redo }: MarkChangeLabels): NonNullable<MenuModel['project']> {
  return { undo, redo }
}

/** The native menu. */
export function menuTemplate(model: MenuModel, actions: MenuActions, isMac: boolean): Items {
  const menus = { file: fileMenu, edit: editMenu, view: viewMenu, run: runMenu, help: helpMenu }
  const own = Object.values(menus).map((menu) => menu(model, actions, isMac))
  return isMac ? [{ role: 'appMenu' }, ...own] : own
}

function item(
  actions: MenuActions,
  label: string,
  command: MenuCommand,
  accelerator: string | null,
  enabled = true,
): MenuItemConstructorOptions {
  const shortcut = accelerator === null ? {} : { accelerator }
  return { label, enabled, click: () => actions.command(command), ...shortcut }
}

/** A label as it is meant; otherwise & marks the letter that opens an item. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}

const CLOSE = 'CmdOrCtrl+Shift+W'
const LINE: MenuItemConstructorOptions = { type: 'separator' }

function isAtWork(run: RunState['status']): boolean {
  return ['running', 'pausing', 'paused', 'cancelling'].includes(run)
}

function fileMenu(
  { project, hasFile, recent, run }: MenuModel,
  actions: MenuActions,
  isMac: boolean,
): MenuItemConstructorOptions {
  // Another project can be opened only when no run goes on in this one.
  const free = !isAtWork(run)
  const projects: Items = recent.map(({ name, folder }) => ({
    label: plain(`${name} (${folder})`),
    enabled: free,
    click: () => actions.openRecent(folder),
  }))
  return {
    label: '&File',
    submenu: [
      item(actions, 'New Project…', 'new-project', 'CmdOrCtrl+N', free),
      item(actions, 'Open Project…', 'open-project', 'CmdOrCtrl+O', free),
      { label: 'Open Recent', enabled: projects.length > 0, submenu: projects },
      item(actions, 'Open Sample Project', 'open-sample', null, free),
      LINE,
      item(actions, 'Open Dataset File…', 'open-file', null),
      LINE,
      hasFile
        ? item(actions, 'Close File', 'close-file', CLOSE)
        : item(actions, 'Close Project', 'close-project', CLOSE, free && project !== null),
      ...(isMac ? [] : [LINE, { role: 'quit' as const, accelerator: 'CmdOrCtrl+Q' }]),
    ],
  }
}

function editMenu({ project }: MenuModel, actions: MenuActions): MenuItemConstructorOptions {
  const undo = project?.undo ?? null
  const redo = project?.redo ?? null
  // Never disabled: they work in text fields as well, of which the menu knows nothing.
  return {
    label: '&Edit',
    submenu: [
      {
        label: undo === null ? 'Undo' : plain(`Undo ${undo}`),
        accelerator: 'CmdOrCtrl+Z',
        click: () => actions.change('undo'),
      },
      {
        label: redo === null ? 'Redo' : plain(`Redo ${redo}`),
        accelerator: 'CmdOrCtrl+Shift+Z',
        click: () => actions.change('redo'),
      },
      LINE,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  }
}

function viewMenu({ project }: MenuModel, actions: MenuActions): MenuItemConstructorOptions {
  const open = project !== null
  return {
    label: '&View',
    submenu: [
      ...STAGES.map((stage, i) => item(actions, STAGE_LABELS[stage], stage, `CmdOrCtrl+${i + 1}`, open)),
      LINE,
      item(actions, 'Commands…', 'commands', 'CmdOrCtrl+K'),
      item(actions, 'Log', 'log', 'CmdOrCtrl+J', open),
      LINE,
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+Plus' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { role: 'togglefullscreen' },
      LINE,
      { role: 'reload' },
    ],
  }
}

function runMenu({ project, run }: MenuModel, actions: MenuActions): MenuItemConstructorOptions {
  const canStart = project !== null && (!isAtWork(run) || run === 'paused')
  return {
    label: '&Run',
    submenu: [
      item(actions, run === 'paused' ? 'Resume' : 'Start', 'start', null, canStart),
      item(actions, 'Pause', 'pause', null, run === 'running'),
      item(actions, 'Cancel', 'cancel', null, isAtWork(run) && run !== 'cancelling'),
    ],
  }
}

function helpMenu(_: MenuModel, actions: MenuActions, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&Help',
    role: 'help',
    submenu: [
      item(actions, 'Keyboard Shortcuts', 'shortcuts', null),
      { label: 'Documentation', click: () => actions.showDocuments() },
      ...(isMac ? [] : [LINE, { role: 'about' as const }]),
    ],
  }
}
