import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayQuotas, type DayCount } from './day-quotas'

const total = (counts: readonly DayCount[]): number => counts.reduce((sum, { rows }) => sum + rows, 0)

const anyCounts = fc.uniqueArray(fc.integer({ min: 1, max: 366 }), { maxLength: 60 }).chain((days) =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000 })), {
      minLength: days.length,
      maxLength: days.length,
    })
    .map((rows) => days.map((day, index) => ({ day, rows: rows.at(index) ?? 0 }))),
)
const anySize = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 8_000_000 }))
const anySeed = fc.integer({ min: 0, max: 2_147_483_647 })

describe('day quotas', () => {
  it('take exactly the smaller of size and rows, and never more of a day than it has', () => {
    fc.assert(
      fc.property(anyCounts, anySize, anySeed, (counts, size, seed) => {
        const quotas = dayQuotas(counts, size, seed)
        expect(quotas.map(({ day }) => day)).toEqual(counts.map(({ day }) => day))
        expect(total(quotas)).toBe(Math.min(size, total(counts)))
        for (const [index, quota] of quotas.entries()) {
          expect(quota.rows).toBeGreaterThanOrEqual(0)
          expect(quota.rows).toBeLessThanOrEqual(counts[index].rows)
        }
      }),
    )
  })

  it('differ by at most one between days that were cut, and no whole day is larger than a cut one', () => {
    fc.assert(
      fc.property(anyCounts, anySize, anySeed, (counts, size, seed) => {
        const quotas = dayQuotas(counts, size, seed).map(({ rows }) => rows)
        const cut = quotas.filter((rows, index) => rows < counts[index].rows)
        if (cut.length === 0) return
        const cap = Math.min(...cut)
        expect(Math.max(...quotas)).toBeLessThanOrEqual(cap + 1)
      }),
    )
  })

  it('are the same for the same seed whatever the order of days', () => {
    fc.assert(
      fc.property(anyCounts, anySize, anySeed, (counts, size, seed) => {
        const byDay = (quotas: readonly DayCount[]): DayCount[] => quotas.toSorted((a, b) => a.day - b.day)
        expect(byDay(dayQuotas(counts.toReversed(), size, seed))).toEqual(
          byDay(dayQuotas(counts, size, seed)),
        )
      }),
    )
  })

  it('spread the remainder over other days for another seed', () => {
    const counts = Array.from({ length: 100 }, (_, index) => ({ day: index + 1, rows: 50 }))
    const lucky = (seed: number): number[] =>
      dayQuotas(counts, 1050, seed)
        .filter(({ rows }) => rows === 11)
        .map(({ day }) => day)
    expect(lucky(1)).toHaveLength(50)
    expect(lucky(1)).not.toEqual(lucky(2))
    expect(Math.max(...lucky(1))).toBeGreaterThan(60)
  })

  it('give small days all they have and share the rest', () => {
    const counts = [
      { day: 10, rows: 2 },
      { day: 20, rows: 100 },
      { day: 30, rows: 7 },
      { day: 40, rows: 100 },
    ]
    expect(dayQuotas(counts, 49, 0).map(({ rows }) => rows)).toEqual([2, 20, 7, 20])
  })
})
