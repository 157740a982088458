import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startOf, thisMachine } from './machine'
import { lockProject } from './project-lock'
import { projectPaths } from './project-paths'

const root = mkdtempSync(join(tmpdir(), 'lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let paths = projectPaths(root)
beforeEach(() => {
  paths = projectPaths(mkdtempSync(join(root, 'project-')))
})

const lock = (): ReturnType<typeof lockProject> => lockProject(paths, 50)

/** A process that has ended. */
const DEAD = spawnSync(process.execPath, ['-e', '']).pid
const holder = {
  ...thisMachine(),
  pid: process.pid,
  started: startOf(process.pid),
  token: 'another',
  since: '2026-01-01T00:00:00Z',
}

/** Puts a lock there that was renewed some seconds ago. */
function leave(left: object | string, seconds = 0): void {
  writeFileSync(paths.lock, typeof left === 'string' ? left : JSON.stringify(left))
  const time = Date.now() / 1000 - seconds
  utimesSync(paths.lock, time, time)
}

const busy = (who: RegExp): unknown =>
  expect.objectContaining({ tag: 'project-busy', message: expect.stringMatching(who) as unknown })

describe('the lock of a project', () => {
  it('is held by one, whose process and machine the others are told, and is gone when it is released', async () => {
    const unlock = await lock()
    await expect(lock()).rejects.toEqual(busy(new RegExp(`process ${process.pid} on ${hostname()} since`)))
    await unlock()
    expect(readdirSync(paths.folder)).toEqual([])
    await (
      await lock()
    )()
  })

  it.each([
    ['a process that has ended', { ...holder, pid: DEAD, started: null }, 0],
    ['a process whose number another has now', { ...holder, started: '1' }, 0],
    ['the machine before it was started anew', { ...holder, boot: 'before' }, 0],
    ['another machine that does not renew it', { ...holder, host: 'elsewhere' }, 3600],
    ['another container that does not renew it', { ...holder, processes: 'pid:[1]' }, 3600],
    ['a machine that lost its power: empty', '', 60],
    ['a machine that lost its power: half of it', JSON.stringify(holder).slice(0, 40), 60],
  ])('left by %s is taken over', async (_, left, seconds) => {
    leave(left, seconds)
    const unlock = await lock()
    expect(readFileSync(paths.lock, 'utf8')).toContain(`"pid":${process.pid},`)
    await unlock()
    expect(existsSync(paths.lock)).toBe(false)
  })

  it.each([
    ['a process that runs', holder, 3600, /process \d+ on/],
    ['another machine that renews it', { ...holder, host: 'elsewhere', boot: 'x' }, 60, /on elsewhere/],
    ['another container that renews it', { ...holder, processes: 'pid:[1]' }, 60, /process \d+ on/],
    ['somebody who is just writing it', '', 0, /another process/],
  ])('of %s is respected', async (_, left, seconds, who) => {
    leave(left, seconds)
    const before = readFileSync(paths.lock, 'utf8')
    await expect(lock()).rejects.toEqual(busy(who))
    expect(readFileSync(paths.lock, 'utf8')).toBe(before)
    expect(readdirSync(paths.folder)).toEqual(['run.lock'])
  })

  it.each([
    ['no lock', null],
    ['a stale lock', { ...holder, pid: DEAD, started: null }],
  ])('goes to exactly one of twenty who come at the same moment upon %s', async (_, left) => {
    for (let round = 0; round < 10; round++) {
      if (left !== null) leave(left)
      const results = await Promise.allSettled(Array.from({ length: 20 }, lock))
      const holding = results.filter((result) => result.status === 'fulfilled')
      expect(holding).toHaveLength(1)
      await holding[0].value()
    }
  })

  it('is not removed by one who has lost it', async () => {
    const unlock = await lock()
    leave({ ...holder, host: 'elsewhere' })
    await unlock()
    expect(existsSync(paths.lock)).toBe(true)
  })
})
