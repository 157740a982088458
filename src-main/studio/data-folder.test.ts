import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolder } from './data-folder'

const ours = join('gedi-dataset-studio', 'studio')

describe('the folder of what belongs to the person', () => {
  it('lies where each system keeps such things', () => {
    expect(dataFolder('linux', {})).toBe(join(homedir(), '.config', ours))
    expect(dataFolder('darwin', {})).toBe(join(homedir(), 'Library', 'Application Support', ours))
    expect(dataFolder('win32', {})).toBe(join(homedir(), 'AppData', 'Roaming', ours))
  })

  it('lies where the person has put such things instead', () => {
    expect(dataFolder('linux', { XDG_CONFIG_HOME: '/data/config' })).toBe(join('/data/config', ours))
    expect(dataFolder('linux', { XDG_CONFIG_HOME: '' })).toBe(join(homedir(), '.config', ours))
    expect(dataFolder('win32', { APPDATA: '/data/roaming' })).toBe(join('/data/roaming', ours))
  })
})
