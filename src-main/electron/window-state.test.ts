import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from './window-state'

const main = { x: 0, y: 24, width: 1920, height: 1056 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const bounds = { x: 100, y: 100, width: 1200, height: 800 }

describe('the place of the window', () => {
  it('is the middle of the main display at first', () => {
    expect(placeWindow(null, [main, right])).toEqual({
      bounds: { x: 280, y: 122, width: 1360, height: 860 },
      maximised: false,
    })
  })

  it('is no larger than a small display', () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 }
    expect(placeWindow(null, [small]).bounds).toEqual(small)
  })

  it('is where it was, on any display', () => {
    for (const kept of [
      { bounds, maximised: true },
      { bounds: { ...bounds, x: 2400 }, maximised: false },
    ]) {
      expect(placeWindow(kept, [main, right])).toEqual(kept)
    }
  })

  it.each([
    ['the display on the right is gone', { ...bounds, x: 2400 }],
    ['it lies left of everything', { ...bounds, x: -1150 }],
    ['its title lies below the display', { ...bounds, y: 1070 }],
    ['its title lies above the display', { ...bounds, y: -40 }],
  ])('is the middle again where %s', (_, lost) => {
    expect(placeWindow({ bounds: lost, maximised: false }, [main])).toEqual(placeWindow(null, [main]))
  })

  it('shrinks to a display that has become smaller, but not below what the steps need', () => {
    const kept = { bounds: { ...bounds, width: 4000, height: 10 }, maximised: false }
    expect(placeWindow(kept, [main]).bounds).toEqual({
      ...bounds,
      width: main.width,
      height: SMALLEST.height,
    })
  })
})

describe('the file of the window state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gedi-window-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps it, in a folder that is not there yet', () => {
    const file = join(folder, 'new', 'window.json')
    writeWindowState(file, { bounds, maximised: true })
    expect(readWindowState(file)).toEqual({ bounds, maximised: true })
  })

  it.each([
    '',
    '{',
    '[]',
    '{"bounds":{"x":0.5,"y":0,"width":1,"height":1},"maximised":false}',
    '{"bounds":1}',
  ])('is passed over where it is damaged: %j', (content) => {
    const file = join(folder, 'damaged.json')
    writeFileSync(file, content)
    expect(readWindowState(file)).toBeNull()
  })

  it('stops nobody where it cannot be written', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    writeWindowState(join(file, 'window.json'), { bounds, maximised: false })
    expect(readWindowState(join(file, 'window.json'))).toBeNull()
  })
})
