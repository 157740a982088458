import { describe, expect, it } from 'vitest'
import { STAGES, type StageState } from '../../src-shared/api/stages'
import { firstOpenStage } from './view-store'

type Stages = Parameters<typeof firstOpenStage>[0]

const EMPTY: StageState = { state: 'empty', result: null, staleBecause: null, restartFrom: null, error: null }

/** Stages whose first ones are in the states given. */
const stages = (...states: StageState['state'][]): Stages =>
  STAGES.reduce<Stages>(
    (all, stage, at) => ({ ...all, [stage]: { ...EMPTY, state: states[at] ?? 'empty' } }),
    { sources: EMPTY, filter: EMPTY, subset: EMPTY, generate: EMPTY, review: EMPTY, fuse: EMPTY },
  )

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
