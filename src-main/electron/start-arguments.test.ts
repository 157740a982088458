import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectArgument } from './start-arguments'

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
})
