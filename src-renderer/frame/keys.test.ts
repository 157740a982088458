import { describe, expect, it } from 'vitest'
import { keyCaps, matchesKeys } from './keys'

const press = (
  key: string,
  held: Partial<Parameters<typeof matchesKeys>[1]> = {},
): Parameters<typeof matchesKeys>[1] => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('shortcuts', () => {
  it('take Ctrl for mod, and Command on Apple keyboards', () => {
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(matchesKeys('mod+k', press('k', { metaKey: true }), false)).toBe(false)
    expect(matchesKeys('mod+k', press('k', { metaKey: true }), true)).toBe(true)
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), true)).toBe(false)
  })

  it('tell undo from redo, whatever case the key reports', () => {
    const redo = press('Z', { ctrlKey: true, shiftKey: true })
    expect(matchesKeys('mod+shift+z', redo, false)).toBe(true)
    expect(matchesKeys('mod+z', redo, false)).toBe(false)
    expect(matchesKeys('mod+z', press('Z', { ctrlKey: true }), false)).toBe(true)
  })

  it('find digits by their place, as French keyboards type them with Shift', () => {
    expect(matchesKeys('mod+2', press('é', { ctrlKey: true, code: 'Digit2' }), false)).toBe(true)
    expect(matchesKeys('mod+2', press('2', { ctrlKey: true, code: 'Digit3' }), false)).toBe(false)
  })

  it('take a sign with or without Shift, and never with Ctrl or Alt', () => {
    expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(matchesKeys('?', press('?'), false)).toBe(true)
    expect(matchesKeys('?', press('?', { ctrlKey: true }), false)).toBe(false)
    expect(matchesKeys('?', press('?', { altKey: true }), false)).toBe(false)
  })

  it('are shown by the caps of their keys', () => {
    expect(keyCaps('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(keyCaps('mod+1', true)).toEqual(['⌘', '1'])
  })
})
