import { expect, it } from 'vitest'
import type { Funnel } from '../../../src-shared/api/run-state'
import { STAGES, type Stage, type StageState } from '../../../src-shared/api/stages'
import { figuresOf, fuseLabel, fuseWords } from './fuse-figures'

const DONE: StageState = { state: 'done', result: null, staleBecause: null, restartFrom: null, error: null }

function project(changes: Partial<Record<Stage, Partial<StageState>>> = {}): {
  stages: Record<Stage, StageState>
} {
  const stages = Object.fromEntries(STAGES.map((stage) => [stage, { ...DONE, ...changes[stage] }]))
  return { stages: stages as Record<Stage, StageState> }
}

function funnel(changes: Partial<Funnel> = {}): Funnel {
  return { asked: 0, rejected: {}, failed: 0, samples: 0, ...changes }
}

it('what stays out is told by reason in the order of the checks, and what is not cut yet is what is left', () => {
  const rejected = { slope: 3, 'no-scene': 20, 'scl-cloud': 0 }
  expect(figuresOf(funnel({ asked: 100, rejected, failed: 2, samples: 60 }))).toEqual({
    asked: 100,
    samples: 60,
    excluded: { total: 0, reasons: [] },
    rejected: [
      { reason: 'no-scene', count: 20 },
      { reason: 'slope', count: 3 },
    ],
    failed: 2,
    open: 15,
  })
})

it('samples that the review excludes do not go in, and are no open footprints', () => {
  const marks = { keep: 4, exclude: 3, reasons: { cloud: 2, haze: 1, none: 1 } }
  expect(figuresOf(funnel({ asked: 70, samples: 60 }), marks)).toMatchObject({
    samples: 57,
    open: 10,
    excluded: {
      total: 3,
      reasons: [
        { reason: 'cloud', count: 2 },
        { reason: 'haze', count: 1 },
        { reason: 'none', count: 1 },
      ],
    },
  })
  const both = { train: funnel({ asked: 10, samples: 10 }), test: funnel() }
  expect(fuseWords(project(), both, 1)).toEqual([
    'The datasets hold all samples that were cut but 1 sample that Review excludes.',
  ])
})

it('cutting comes first where footprints are open', () => {
  const both = { train: funnel({ asked: 1200, samples: 200 }), test: funnel({ asked: 10, samples: 9 }) }
  expect(fuseLabel(project(), both)).toBe('Cut and fuse')
  expect(fuseWords(project(), both)).toEqual(['1,001 footprints are not cut yet. That is done first.'])
})

it('footprints that failed are tried once more', () => {
  const both = { train: funnel({ asked: 10, samples: 9, failed: 1 }), test: funnel() }
  expect(fuseLabel(project({ fuse: { state: 'ready' } }), both)).toBe('Fuse')
  expect(fuseWords(project({ fuse: { state: 'ready' } }), both)).toEqual([
    '1 footprint could not be read. It is tried once more; what fails again is left out.',
  ])
})

it('stale samples are cut anew, whatever else there is to say', () => {
  const stale = project({
    generate: { state: 'stale', staleBecause: 'Filter changed since' },
    fuse: { state: 'stale' },
  })
  const both = { train: funnel({ asked: 10, samples: 5 }), test: funnel() }
  expect(fuseLabel(stale, both)).toBe('Cut and fuse')
  expect(fuseWords(stale, both)).toEqual([
    'Filter changed since. Samples are cut anew before they are fused.',
  ])
})

it('datasets that are out of date are fused again; whole ones need nothing', () => {
  const both = { train: funnel({ asked: 10, samples: 10 }), test: funnel() }
  const stale = project({ fuse: { state: 'stale', staleBecause: 'Samples changed since' } })
  expect(fuseLabel(stale, both)).toBe('Fuse again')
  expect(fuseWords(stale, both)).toEqual(['Samples changed since.'])
  expect(fuseWords(project(), both)).toEqual(['The datasets hold all samples that were cut.'])
  expect(fuseWords(project({ fuse: { state: 'ready' } }), both)).toEqual([])
})
