import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lastingSampleWorld } from './sample-world'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-world-'))
  mkdirSync(join(folder, 'mounted/gedi'), { recursive: true })
  writeFileSync(join(folder, 'mounted/world.json'), '{"seed":1}')
  writeFileSync(join(folder, 'mounted/gedi/granule.h5'), 'granule')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lasting = (moves: boolean): Promise<string> =>
  lastingSampleWorld(join(folder, 'mounted'), folder, moves)

describe('the sample world that a project names', () => {
  it('is the bundled one where that stays where it is', async () => {
    expect(await lasting(false)).toBe(join(folder, 'mounted'))
    expect(existsSync(join(folder, 'sample-world'))).toBe(false)
  })

  it('is copied once where the program moves, and anew when it has changed', async () => {
    const world = await lasting(true)
    expect(world).toBe(join(folder, 'sample-world'))
    const granule = join(world, 'gedi/granule.h5')
    expect(readFileSync(granule, 'utf8')).toBe('granule')
    const { ino } = statSync(granule)
    await lasting(true)
    expect(statSync(granule).ino).toBe(ino)
    writeFileSync(join(folder, 'mounted/world.json'), '{"seed":2}')
    writeFileSync(join(folder, 'mounted/gedi/granule.h5'), 'other')
    await lasting(true)
    expect(readFileSync(granule, 'utf8')).toBe('other')
  })

  it('is copied again where that was broken off', async () => {
    const world = await lasting(true)
    rmSync(join(world, 'world.json'))
    mkdirSync(`${world}.part`)
    expect(existsSync(join(await lasting(true), 'world.json'))).toBe(true)
    expect(existsSync(`${world}.part`)).toBe(false)
  })
})
