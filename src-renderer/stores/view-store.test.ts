import { describe, expect, it } from 'vitest'
import { STAGES, type StageState } from '../../src-shared/api/stages'
import { firstOpenStage } from './view-store'

const stages = (...states: StageState['state'][]): Parameters<typeof firstOpenStage>[0] => {
  const state = (at: number): StageState => ({
    state: states[at] ?? 'empty',
    result: null,
    staleBecause: null,
    restartFrom: null,
    error: null,
  })
  const [sources, filter, subset, generate, review, fuse] = STAGES.map((_, at) => state(at))
  if (!sources || !filter || !subset || !generate || !review || !fuse) throw new Error('six stages')
  return { sources, filter, subset, generate, review, fuse }
}

describe('a project that is opened', () => {
  it('begins with the first stage that something is to be done in', () => {
    expect(firstOpenStage(stages('done', 'done', 'ready'))).toBe('subset')
    expect(firstOpenStage(stages('done', 'stale', 'stale'))).toBe('filter')
    expect(firstOpenStage(stages('empty'))).toBe('sources')
  })

  it('begins with the last where all is done', () => {
    expect(firstOpenStage(stages('done', 'done', 'done', 'done', 'done', 'done'))).toBe('fuse')
  })
})
