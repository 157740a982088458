import { describe, expect, it } from 'vitest'
import { MENU_COMMANDS } from '../../src-shared/api/contract'
import { COMMANDS, type Situation } from './command-table'

const possible = (situation: Situation): string[] =>
  MENU_COMMANDS.filter((id) => COMMANDS[id].possible(situation))

describe('commands', () => {
  it('leave only opening and looking around on the start screen', () => {
    expect(possible({ project: null, status: 'idle' }).sort()).toEqual(
      ['commands', 'new-project', 'open-file', 'open-project', 'open-sample', 'shortcuts'].sort(),
    )
  })

  it('close a file that is looked at alone', () => {
    expect(possible({ project: null, hasFile: true, status: 'idle' })).toContain('close-file')
    expect(possible({ project: { undo: null, redo: null }, status: 'idle' })).not.toContain('close-file')
  })

  it('do not leave a project whose run goes on, and pause or cancel that run', () => {
    const running = possible({ project: { undo: null, redo: null }, status: 'running' })
    for (const id of ['close-project', 'open-sample', 'start', 'undo']) expect(running).not.toContain(id)
    for (const id of ['pause', 'cancel', 'review', 'log']) expect(running).toContain(id)
  })

  it('resume a run that is paused', () => {
    const paused = possible({ project: { undo: null, redo: null }, status: 'paused' })
    expect(paused).toContain('start')
    expect(paused).toContain('cancel')
    expect(paused).not.toContain('pause')
  })

  it('undo and redo only where there is something', () => {
    const ids = possible({ project: { undo: 'Smallest AGBD 20', redo: null }, status: 'idle' })
    expect(ids).toContain('undo')
    expect(ids).not.toContain('redo')
  })

  it('undo marks while Review is shown, whatever there is to undo elsewhere', () => {
    const project = { undo: 'Smallest AGBD 20', redo: null }
    const ids = possible({ project, status: 'idle', review: { undo: null, redo: 'Exclude 3 samples' } })
    expect(ids).toContain('redo')
    expect(ids).not.toContain('undo')
  })

  it('have no shortcut twice', () => {
    const keys = MENU_COMMANDS.map((id) => COMMANDS[id].keys).filter((each) => each !== null)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
