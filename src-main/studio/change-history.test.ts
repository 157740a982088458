import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeHistory } from './change-history'

describe('undo and redo', () => {
  it('take back changes in their order and make them again', () => {
    const history = new ChangeHistory<number>()
    history.note({ label: 'one', before: 0, after: 1 })
    history.note({ label: 'two', before: 1, after: 2 })
    expect(history.undoLabel).toBe('two')
    expect(history.undo()).toBe(1)
    expect(history.redoLabel).toBe('two')
    expect(history.undo()).toBe(0)
    expect(history.undo()).toBeNull()
    expect(history.redo()).toBe(1)
    history.note({ label: 'three', before: 1, after: 3 })
    expect(history.redo()).toBeNull()
  })

  it('come back to the same value whatever was done', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 150 }), (values) => {
        const history = new ChangeHistory<number>()
        let value = 0
        for (const after of values) {
          history.note({ label: '', before: value, after })
          value = after
        }
        while (history.undoLabel !== null) value = history.undo() ?? value
        expect(value).toBe(0)
        while (history.redoLabel !== null) value = history.redo() ?? value
        expect(value).toBe(values.at(-1) ?? 0)
      }),
    )
  })
})
