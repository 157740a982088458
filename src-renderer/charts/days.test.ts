import { expect, it } from 'vitest'
import { dayName, MONTH_STARTS, MONTHS, monthStarting } from './days'

it('every day of a common year has the date that the calendar gives it', () => {
  for (let day = 1; day <= 365; day++) {
    const date = new Date(Date.UTC(2021, 0, day))
    expect(dayName(day)).toBe(`Day ${day}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`)
  }
  expect(dayName(366)).toBe('Day 366, 31 December of leap years')
})

it('months are named where they begin only', () => {
  expect(MONTH_STARTS.map(monthStarting).join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')
  expect(monthStarting(33)).toBe('')
})
