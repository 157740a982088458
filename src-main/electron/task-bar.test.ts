import { describe, expect, it } from 'vitest'
import { taskBarOf } from './task-bar'

const cutting = { step: 'batch', what: 'train', done: 30, total: 120, unit: 'footprints' } as const

describe('the task bar', () => {
  it('shows how much of the step is done', () => {
    expect(taskBarOf({ status: 'running', step: cutting })).toEqual({ progress: 0.25, mode: 'normal' })
    expect(taskBarOf({ status: 'pausing', step: { ...cutting, done: 130 } }).progress).toBe(1)
  })

  it('moves where no end is in sight', () => {
    for (const step of [null, { ...cutting, total: 0 }]) {
      expect(taskBarOf({ status: 'running', step }).mode).toBe('indeterminate')
    }
    expect(taskBarOf({ status: 'cancelling', step: cutting }).mode).toBe('indeterminate')
  })

  it('stands still while the run is paused, and turns red where it failed', () => {
    expect(taskBarOf({ status: 'paused', step: cutting })).toEqual({ progress: 0.25, mode: 'paused' })
    expect(taskBarOf({ status: 'failed', step: null })).toEqual({ progress: 1, mode: 'error' })
  })

  it('is empty while there is no run', () => {
    for (const status of ['idle', 'done', 'cancelled'] as const) {
      expect(taskBarOf({ status, step: null })).toEqual({ progress: -1, mode: 'none' })
    }
  })
})
