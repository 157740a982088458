import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { MENU_COMMANDS, type MenuCommand } from '../../src-shared/api/contract'
import type { StudioState } from '../../src-shared/api/studio-state'
import { menuModel, menuTemplate, type MenuModel } from './menu'

const open: MenuModel = {
  project: { undo: 'Smallest AGBD 20', redo: null },
  hasFile: false,
  recent: [{ name: 'Wood & water', folder: '/data/wood' }],
  run: 'idle',
}
const closed: MenuModel = { project: null, hasFile: false, recent: [], run: 'idle' }

/** The items of all menus, separators left out, with what they do noted in `done`. */
function itemsOf(model: MenuModel, isMac = false): { items: MenuItemConstructorOptions[]; done: string[] } {
  const done: string[] = []
  const actions = {
    command: (command: MenuCommand) => void done.push(command),
    change: (direction: string) => void done.push(`text or ${direction}`),
    openRecent: (folder: string) => void done.push(`open ${folder}`),
    showDocuments: () => void done.push('documents'),
  }
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
  const items = flat(menuTemplate(model, actions, isMac)).filter(({ type }) => type !== 'separator')
  return { items, done }
}

/** Chooses an item as Electron would. */
function choose(items: readonly MenuItemConstructorOptions[], label: string): void {
  const found = items.find((item) => item.label === label)
  ;(found?.click as (() => void) | undefined)?.()
}

const isEnabled = (model: MenuModel, label: string): boolean | undefined =>
  itemsOf(model).items.find((item) => item.label === label)?.enabled

describe('the menu', () => {
  it('leads to every command of the window', () => {
    const { items, done } = itemsOf(open)
    for (const { label } of items) if (label !== undefined) choose(items, label)
    const ofFile = itemsOf({ ...closed, hasFile: true })
    choose(ofFile.items, 'Close File')
    done.push(...ofFile.done)
    const others = ['undo', 'redo'] // go to a text field first, where people are in one
    expect([...new Set(done)].sort()).toEqual(
      [
        ...MENU_COMMANDS.filter((command) => !others.includes(command)),
        ...others.map((direction) => `text or ${direction}`),
        'open /data/wood',
        'documents',
      ].sort(),
    )
  })

  it('has no shortcut twice', () => {
    for (const isMac of [true, false]) {
      const shortcuts = itemsOf(open, isMac).items.flatMap(({ accelerator }) => accelerator ?? [])
      expect(new Set(shortcuts).size).toBe(shortcuts.length)
      expect(shortcuts).toContain('CmdOrCtrl+6')
    }
  })

  it('says what undo and redo would do', () => {
    const labels = itemsOf(open).items.map(({ label }) => label)
    expect(labels).toContain('Undo Smallest AGBD 20')
    expect(labels).toContain('Redo')
  })

  it('shows names as they are', () => {
    const { items, done } = itemsOf(open)
    choose(items, 'Wood && water (/data/wood)')
    expect(done).toEqual(['open /data/wood'])
  })

  it('offers what can be done: the steps only in a project', () => {
    for (const label of ['Filter', 'Log', 'Close Project', 'Start']) {
      expect([label, isEnabled(open, label), isEnabled(closed, label)]).toEqual([label, true, false])
    }
    expect(isEnabled(closed, 'Open Recent')).toBe(false)
  })

  it('offers no other project while a run goes on in this one', () => {
    for (const label of ['New Project…', 'Open Project…', 'Open Sample Project', 'Close Project']) {
      expect([label, isEnabled({ ...open, run: 'paused' }, label)]).toEqual([label, false])
    }
  })

  it('starts, pauses, resumes and cancels as the run allows', () => {
    const run = (status: MenuModel['run']): (boolean | undefined)[] =>
      [status === 'paused' ? 'Resume' : 'Start', 'Pause', 'Cancel'].map((label) =>
        isEnabled({ ...open, run: status }, label),
      )
    expect(run('idle')).toEqual([true, false, false])
    expect(run('running')).toEqual([false, true, true])
    expect(run('pausing')).toEqual([false, false, true])
    expect(run('paused')).toEqual([true, false, true])
    expect(run('cancelling')).toEqual([false, false, false])
    expect(run('failed')).toEqual([true, false, false])
  })
})

describe('what the menu depends on', () => {
  it('is the recent projects that are there and not open, and the changes of the open one', () => {
    const entry = { opened: '2026-11-22T00:00:00Z', summary: '', bounds: null }
    const state = {
      recent: [
        { ...entry, name: 'Open', folder: '/data/open', exists: true },
        { ...entry, name: 'Gone', folder: '/data/gone', exists: false },
        { ...entry, name: 'Wood', folder: '/data/wood', exists: true },
      ],
      project: { folder: '/data/open', undo: 'Name', redo: null },
    } as unknown as StudioState
    expect(menuModel(state, 'running', null)).toEqual({
      project: { undo: 'Name', redo: null },
      hasFile: false,
      recent: [{ name: 'Wood', folder: '/data/wood' }],
      run: 'running',
    })
    expect(menuModel(null, 'idle', null)).toEqual({
      project: null,
      hasFile: false,
      recent: [],
      run: 'idle',
    })
    const file = { file: 'opened-0123456789abcdef', path: '/data/a.h5', name: 'a.h5' }
    const alone = { recent: [], project: null, file } as unknown as StudioState
    expect(menuModel(alone, 'idle', null)).toMatchObject({ project: null, hasFile: true })
  })

  it('is the changes of marks while Review is shown, also where there are none to undo', () => {
    const state = { recent: [], project: { undo: 'Name', redo: 'Seed 3' } } as unknown as StudioState
    const undoOf = (marks: Parameters<typeof menuModel>[2]): unknown =>
      menuModel(state, 'idle', marks).project
    expect(undoOf({ undo: 'Exclude 3 samples', redo: null })).toEqual({
      undo: 'Exclude 3 samples',
      redo: null,
    })
    expect(undoOf({ undo: null, redo: null })).toEqual({ undo: null, redo: null })
    expect(undoOf(null)).toEqual({ undo: 'Name', redo: 'Seed 3' })
    expect(menuModel({ ...state, project: null }, 'idle', { undo: 'Keep', redo: null }).project).toBeNull()
  })
})
