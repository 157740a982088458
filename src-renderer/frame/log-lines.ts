import type { LogEntry } from '../../src-shared/api/run-state'

export type LogLevel = LogEntry['level']

/** Most serious last; a level shows itself and what is more serious. */
export const LOG_LEVELS: readonly LogLevel[] = ['info', 'warning', 'error']

/** The lines that are at least so serious and hold the text, in whatever case, also in their error. */
export function filterLog(log: readonly LogEntry[], level: LogLevel, text: string): readonly LogEntry[] {
  const wanted = text.trim().toLowerCase()
  const least = LOG_LEVELS.indexOf(level)
  if (least === 0 && wanted === '') return log
  return log.filter(
    (entry) => LOG_LEVELS.indexOf(entry.level) >= least && lineText(entry).toLowerCase().includes(wanted),
  )
}

/** Time of day of a line, with seconds, in the clock of the machine that shows it. */
export function lineTime(entry: LogEntry): string {
  const time = new Date(entry.time)
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

/** A line as it is copied: time, level where it is not plain information, message, file and hint of its error. */
export function lineText(entry: LogEntry): string {
  const level = entry.level === 'info' ? '' : `${entry.level}: `
  const error = entry.error === null ? [] : [entry.error.file, entry.error.hint]
  const rest = error.filter((part) => part !== undefined && part !== '' && !entry.message.includes(part))
  return [`${lineTime(entry)} ${level}${entry.message}`, ...rest].join(' ')
}
