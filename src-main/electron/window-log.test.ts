import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { WindowLog } from './window-log'

const folder = mkdtempSync(join(tmpdir(), 'gedi-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the log of the window', () => {
  it('gets a line with its time for each note', () => {
    const file = join(folder, 'new', 'window.log')
    const log = new WindowLog(file)
    log.note('first')
    log.note('second\nin two lines')
    expect(readFileSync(file, 'utf8')).toMatch(/^\S+Z first\n\S+Z second\n {2}in two lines\n$/)
  })

  it('is begun anew when it has grown large, and the last one is kept', () => {
    const file = join(folder, 'window.log')
    writeFileSync(file, 'x'.repeat(600_000))
    new WindowLog(file).note('new')
    expect(readFileSync(file, 'utf8')).toMatch(/^\S+Z new\n$/)
    expect(readFileSync(`${file}.old`, 'utf8')).toHaveLength(600_000)
  })

  it('goes to the terminal where it cannot be written', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const terminal = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    new WindowLog(join(file, 'window.log')).note('unwritten')
    expect(terminal.mock.calls.flat().join('')).toMatch(/^\S+Z unwritten\n$/)
    terminal.mockRestore()
  })
})
