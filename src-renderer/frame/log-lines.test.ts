import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src-shared/api/run-state'
import { filterLog, lineText } from './log-lines'

const entry = (id: number, level: LogEntry['level'], message: string): LogEntry => ({
  id,
  time: new Date(2026, 0, 2, 3, 4, 5).getTime(),
  level,
  step: null,
  message,
  error: null,
})
const log = [
  entry(0, 'info', 'Reading granules'),
  entry(1, 'warning', 'Left out GEDI04_A_x.h5'),
  entry(2, 'error', 'No space left'),
]

describe('the log', () => {
  it('shows a level and what is more serious', () => {
    expect(filterLog(log, 'warning', '').map(({ id }) => id)).toEqual([1, 2])
    expect(filterLog(log, 'info', '')).toBe(log)
  })

  it('finds text in whatever case', () => {
    expect(filterLog(log, 'info', ' gedi04 ').map(({ id }) => id)).toEqual([1])
    expect(filterLog(log, 'error', 'gedi04')).toEqual([])
  })

  it('copies a line with what its error adds, and says nothing twice', () => {
    const full = {
      ...entry(3, 'error', 'plan.parquet: No space left'),
      error: {
        tag: 'disk-full' as const,
        message: 'No space left',
        hint: 'Free space and run again.',
        file: 'plan.parquet',
        context: {},
      },
    }
    expect(lineText(full)).toBe('03:04:05 error: plan.parquet: No space left Free space and run again.')
  })
})
