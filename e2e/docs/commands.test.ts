import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../tools'
import { commandsOf, mannerOf } from './manner'
import { blocksOf, PAGES, type Block } from './pages'
import { readCommands } from './reading'
import { makeScratchClone, type ScratchClone } from './scratch-clone'
import { startStandInServers, type StandInServers } from './stand-in-servers'

/** Pages with more blocks than this that were not run would not have been tried. */
const MOST_LEFT_OUT = 3
const MOST_READ_ONLY = 6

/** What is tried of the pages: all commands; other blocks where a note says so. */
const blocks = PAGES.flatMap((page) => blocksOf(page)).filter(
  ({ language, notes }) => language === 'sh' || notes.length > 0,
)
const told: Record<'read' | 'left', string[]> = { read: [], left: [] }

let clone: ScratchClone
let servers: StandInServers
/** What the last commands printed; the output that a page shows comes after its commands. */
let shown = ''

beforeAll(async () => {
  clone = makeScratchClone()
  servers = await startStandInServers(join(clone.folder, '..', 'served'))
})

afterAll(async () => {
  await servers.close()
  clone.close()
  for (const line of told.read) process.stdout.write(`read, not run: ${line}\n`)
  for (const line of told.left) process.stdout.write(`left out: ${line}\n`)
})

describe('the pages, in a fresh copy of the project', () => {
  for (const block of blocks) {
    const [first = ''] = block.code.split('\n')
    const title = `${block.page}:${block.line} ${first}`
    if (block.language === 'sh') it(title, () => tryCommands(block))
    else if (block.language === 'python') it.skipIf(!optionalTool('h5py'))(title, () => tryPython(block))
    else it(`${title} (output)`, () => expectShown(block))
  }

  it('leave little out', () => {
    expect(told.left.length).toBeLessThanOrEqual(MOST_LEFT_OUT)
    expect(told.read.length).toBeLessThanOrEqual(MOST_READ_ONLY)
  })
})

async function tryCommands(block: Block): Promise<void> {
  const manner = mannerOf(block)
  const place = `${block.page}:${block.line}`
  if (manner.kind === 'left') {
    told.left.push(`${place}, ${manner.because}`)
    return
  }
  if (manner.kind === 'read') {
    expect(await readCommands(block.code)).toBeGreaterThan(0)
    told.read.push(`${place}, ${manner.because}`)
    return
  }
  const { env } = servers
  const tried = await clone.run(commandsOf(block, manner.replace), { env, until: manner.until })
  shown = tried.shown
  if (manner.until === null) expect(tried.status, shown).toBe(manner.status)
  else expect(shown).toContain(manner.until)
}

function tryPython(block: Block): void {
  expect(block.notes).toEqual(['run'])
  const tried = clone.runProgram(PYTHON, ['-c', block.code])
  shown = tried.shown
  expect(tried.status, shown).toBe(0)
}

/** Every line was printed by the commands before, but for what … stands for and the seconds it took. */
function expectShown({ notes, code }: Block): void {
  expect(notes).toEqual(['output'])
  for (const line of code.split('\n')) {
    const parts = line.split(/…|\d+\.\d s\b/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    expect(shown).toMatch(new RegExp(`^${parts.join('.*')}$`, 'm'))
  }
}
