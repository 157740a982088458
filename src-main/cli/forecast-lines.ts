import { StudioError } from '../../src-shared/errors/studio-error'
import type { ForecastReport, Report } from '../../src-shared/run/report'
import { counted } from '../../src-shared/wording/counted'

const number = (value: number): string => value.toLocaleString('en-US')

/** What a plan will cost, in some lines: what is to be read, how long that takes, what disk it needs, whether the source answers. */
export function forecastLines({ forecast }: Report): string[] {
  if (forecast === null) return []
  // What was counted before the source failed is too little, and would read as if there were nothing to do.
  if (forecast.error !== null)
    return ['to read: not known while the source does not answer', sourceLine(forecast)]
  const { footprints, scenes, blocks, bytes, requests } = forecast
  const asked = requests === 0 ? '' : `, ${counted(requests, 'request')}`
  return [
    `to read: about ${counted(blocks, 'block')} (${size(bytes)})${asked}, for ${counted(footprints, 'footprint')} in ${counted(scenes, 'scene')}`,
    ...timeLine(forecast),
    diskLine(forecast),
    sourceLine(forecast),
  ]
}

function timeLine({ bytes, bytesPerSecond }: ForecastReport): string[] {
  if (bytesPerSecond === null) return []
  const seconds = Math.ceil(bytes / bytesPerSecond)
  const time = seconds < 120 ? counted(seconds, 'second') : `${number(Math.round(seconds / 60))} minutes`
  return [`time: about ${time} for one process, at ${size(bytesPerSecond)}/s as in a test read`]
}

function diskLine({ diskBytes, freeBytes }: ForecastReport): string {
  const free = freeBytes === null ? '' : `, ${size(freeBytes)} free`
  const lacking = freeBytes !== null && freeBytes < diskBytes ? ': NOT ENOUGH' : ''
  return `disk: about ${size(diskBytes)} needed${free}${lacking}`
}

function sourceLine({ testRead, latencyMs, error }: ForecastReport): string {
  if (error !== null)
    return `source: does not answer (${error.tag}): ${StudioError.fromJSON(error).describe()}`
  if (testRead === 'nothing-to-read') return 'source: not asked, there is nothing to read'
  return latencyMs === null
    ? 'source: files can be read'
    : `source: answers in ${Math.round(latencyMs)} ms, and its files can be read`
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
