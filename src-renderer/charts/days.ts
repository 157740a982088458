/** Names of the months for axes and tables. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** Days of the year on which months begin in years that are no leap years. */
export const MONTH_STARTS = [1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335] as const

/** Short name of the month that begins on a day of the year; empty for other days. */
export function monthStarting(day: number): string {
  const month = MONTH_STARTS.findIndex((start) => start === day)
  return month < 0 ? '' : MONTHS[month].slice(0, 3)
}

/** `Day 152, 1 June`: the date is that of a year that is no leap year; day 366 is 31 December of leap years. */
export function dayName(day: number): string {
  if (day === 366) return 'Day 366, 31 December of leap years'
  const month = MONTH_STARTS.findLastIndex((start) => start <= day)
  return `Day ${day}, ${day - MONTH_STARTS[month] + 1} ${MONTHS[month]}`
}
