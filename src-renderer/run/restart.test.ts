import { expect, it } from 'vitest'
import { STAGES, type Stage } from '../../src-shared/api/stages'
import type { Step } from '../../src-shared/run/steps'
import { restartFor } from './restart'

const stages = (stale: Partial<Record<Stage, Step>>) =>
  Object.fromEntries(STAGES.map((stage) => [stage, { restartFrom: stale[stage] ?? null }])) as Record<
    Stage,
    { restartFrom: Step | null }
  >

it('a run restarts from the earliest stale step on its way', () => {
  expect(restartFor(stages({ subset: 'subset', generate: 'plan' }), 'generate')).toBe('subset')
  expect(restartFor(stages({ filter: 'combine', subset: 'subset' }), 'generate')).toBe('combine')
})

it('what is stale behind the stage does not matter', () => {
  expect(restartFor(stages({ generate: 'plan', fuse: 'fuse' }), 'subset')).toBeNull()
  expect(restartFor(stages({}), 'fuse')).toBeNull()
})
