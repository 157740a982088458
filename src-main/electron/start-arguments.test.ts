import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { projectArgument, projectFolder } from './start-arguments'

describe('the project that the program is started with', () => {
  it('is the first word after the program, relative to where it was started', () => {
    expect(projectArgument(['/opt/studio', 'forest'], true, '/home/me')).toBe(resolve('/home/me/forest'))
    expect(projectArgument(['electron', '.', '/data/forest'], false, '/home/me')).toBe(
      resolve('/data/forest'),
    )
  })

  it('is none of the switches, which Chromium puts in between', () => {
    const words = [
      'electron',
      '--inspect=0',
      '-r',
      'loader.js',
      '--no-first-run',
      '.',
      '--lang=de',
      'forest',
      '-x',
    ]
    expect(projectArgument(words, false, '/home/me')).toBe(resolve('/home/me/forest'))
  })

  it('need not be there', () => {
    expect(projectArgument(['electron', '.', '--lang=de'], false, '/home/me')).toBeNull()
    expect(projectArgument(['/opt/studio'], true, '/home/me')).toBeNull()
    expect(projectArgument(['/opt/studio', ''], true, '/home/me')).toBeNull()
  })

  it('may be an address of a file, as file managers give it', () => {
    const words = ['/opt/studio', pathToFileURL(resolve('/data/my forest')).href]
    expect(projectArgument(words, true, '/home/me')).toBe(resolve('/data/my forest'))
    expect(projectArgument(['/opt/studio', 'file://other-machine/%ZZ'], true, '/home/me')).toBe(
      resolve('/home/me/file:/other-machine/%ZZ'),
    )
  })

  it('is the folder of a project file that was opened', () => {
    expect(projectArgument(['/opt/studio', 'forest/project.json'], true, '/home/me')).toBe(
      resolve('/home/me/forest'),
    )
    expect(projectFolder(resolve('/data/forest/project.json'))).toBe(resolve('/data/forest'))
    expect(projectFolder(resolve('/data/forest/steps.json'))).toBe(resolve('/data/forest/steps.json'))
  })
})
