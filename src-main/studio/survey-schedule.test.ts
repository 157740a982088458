import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SurveySchedule } from './survey-schedule'

let looks = 0
let finish: (() => void) | null = null
let schedule: SurveySchedule

beforeEach(() => {
  vi.useFakeTimers()
  looks = 0
  finish = null
  schedule = new SurveySchedule(() => {
    looks++
    return new Promise((done) => (finish = done))
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Ends the look that is going on. */
async function looked(): Promise<void> {
  finish?.()
  await vi.advanceTimersByTimeAsync(0)
}

describe('looking at the files of a project', () => {
  it('is never done twice at the same time; who asks meanwhile is answered by one more', async () => {
    void schedule.now()
    void schedule.now()
    void schedule.now()
    expect(looks).toBe(1)
    await looked()
    expect(looks).toBe(2)
    await looked()
    expect(looks).toBe(2)
  })

  it('is done once for many changes, and not sooner after the last look than is asked for', async () => {
    for (let i = 0; i < 5; i++) schedule.soon()
    await vi.advanceTimersByTimeAsync(150)
    expect(looks).toBe(1)
    await looked()
    schedule.soon(5000)
    await vi.advanceTimersByTimeAsync(4000)
    expect(looks).toBe(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(looks).toBe(2)
  })

  it('comes sooner where another change is more urgent', async () => {
    void schedule.now()
    await looked()
    schedule.soon(5000)
    schedule.soon()
    await vi.advanceTimersByTimeAsync(200)
    expect(looks).toBe(2)
    await looked()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(looks).toBe(2)
  })

  it('ends when the project is closed', async () => {
    void schedule.now()
    void schedule.now()
    schedule.soon()
    schedule.close()
    await looked()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(looks).toBe(1)
  })
})
