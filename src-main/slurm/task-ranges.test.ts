import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrayWord, openTasks } from './task-ranges'

describe('tasks of an array', () => {
  it('cut every batch that is not done once, and have nothing else to do', () => {
    const project = fc.record({
      first: fc.nat(50),
      done: fc.array(fc.boolean(), { maxLength: 60 }),
      perTask: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(project, ({ first, done, perTask }) => {
        const tasks = openTasks(first, done.length, perTask, (batch) => done[batch - first])
        const cut = tasks.flatMap(({ first: from, last }) =>
          Array.from({ length: last - from + 1 }, (_, i) => from + i),
        )
        expect(new Set(cut).size).toBe(cut.length)
        for (const [i, isDone] of done.entries()) if (!isDone) expect(cut).toContain(first + i)
        for (const { task, first: from, last } of tasks) {
          expect(from).toBe(first + task * perTask)
          expect(last - from).toBeLessThan(perTask)
          expect(done.slice(from - first, last - first + 1)).toContain(false)
        }
      }),
    )
  })

  it('are named as sbatch takes them', () => {
    expect(arrayWord([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8')
    expect(arrayWord([4])).toBe('4')
  })
})
