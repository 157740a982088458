import type { FilterName } from '../../src-shared/explore/filter-names'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { type Settings } from '../../src-shared/settings/settings'
import { DAY_MS } from '../../src-shared/footprint/time'
import { beamCode, FILL_VALUE, type OptionalColumn } from './shot-columns'

/** One condition that a shot must fulfil to be kept. */
export interface ShotFilter {
  /** Stands in the summary: how many shots each filter removed. */
  name: FilterName
  /** SQL condition over the columns of an ingested granule and `acquired` (TIMESTAMP); null counts as failed. */
  passes: string
  /** The optional column that it needs. */
  needs: OptionalColumn | null
}

/**
 * The filters that the settings ask for, in order (SPEC 1). Comparisons with columns of float32 are made in float32, so
 * that a limit of 0.95 keeps a shot whose value is written as 0.95; the relative standard error is computed in
 * float64.
 * @param insideArea SQL condition for shots inside the area; null where there is none
 */
export function shotFilters(settings: Settings, insideArea: string | null): ShotFilter[] {
  const filters: (ShotFilter | null)[] = [
    when(settings.requireL2Quality, 'l2-quality', 'l2_quality_flag = 1'),
    when(settings.requireL4Quality, 'l4-quality', 'l4_quality_flag = 1'),
    when(settings.requireSurface, 'surface', 'surface_flag = 1'),
    when(true, 'agbd-missing', `isfinite(agbd) AND agbd <> ${FILL_VALUE}`),
    when(settings.requirePositiveAgbd, 'agbd-positive', 'agbd > 0'),
    when(true, 'relative-standard-error', relativeStandardError(settings.maxRelativeStandardError)),
    agbdRange(settings),
    dates(settings),
    beams(settings),
    settings.minSensitivity === null
      ? null
      : need(
          'sensitivity',
          'sensitivity',
          `isfinite(sensitivity) AND sensitivity >= ${float32(settings.minSensitivity)}`,
        ),
    settings.daylight === 'any' ? null : need('daylight', 'solar_elevation', daylight(settings.daylight)),
    settings.degradeFlags.length === 0
      ? null
      : need('degrade-flag', 'degrade_flag', `degrade_flag IN (${settings.degradeFlags.join(', ')})`),
    boundingBox(settings),
    when(insideArea !== null, 'area', insideArea ?? ''),
  ]
  return filters.filter((filter) => filter !== null)
}

function when(active: boolean, name: FilterName, passes: string): ShotFilter | null {
  return active ? { name, passes, needs: null } : null
}

function need(name: FilterName, column: OptionalColumn, passes: string): ShotFilter {
  return { name, passes, needs: column }
}

function relativeStandardError(limit: number): string {
  return `isfinite(agbd_se) AND agbd_se <> ${FILL_VALUE} AND agbd_se::DOUBLE / agbd::DOUBLE < ${float64(limit)}`
}

function agbdRange({ minAgbd, maxAgbd }: Settings): ShotFilter | null {
  const limits = [
    ...(minAgbd === null ? [] : [`agbd >= ${float32(minAgbd)}`]),
    ...(maxAgbd === null ? [] : [`agbd <= ${float32(maxAgbd)}`]),
  ]
  return when(limits.length > 0, 'agbd-range', limits.join(' AND '))
}

function dates({ dateFrom, dateTo }: Settings): ShotFilter | null {
  const limits = [
    ...(dateFrom === null ? [] : [`acquired >= ${timestamp(Date.parse(dateFrom))}`]),
    ...(dateTo === null ? [] : [`acquired < ${timestamp(Date.parse(dateTo) + DAY_MS)}`]),
  ]
  return when(limits.length > 0, 'dates', limits.join(' AND '))
}

function beams(settings: Settings): ShotFilter | null {
  const codes = chosenBeams(settings.beams)
  return when(codes.length > 0, 'beams', `beam IN (${codes.join(', ')})`)
}

/** Numbers of the beams that the setting `beams` names. The first four of BEAMS are the coverage beams. */
export function chosenBeams(words: Settings['beams']): number[] {
  const chosen = words.flatMap((word): readonly string[] => {
    if (word === 'coverage') return BEAMS.slice(0, 4)
    return word === 'full-power' ? BEAMS.slice(4) : [word]
  })
  return chosen.map(beamCode)
}

/** Night is a sun below the horizon; fill values are neither day nor night. */
function daylight(wanted: 'day' | 'night'): string {
  return wanted === 'night'
    ? 'solar_elevation >= -90 AND solar_elevation < 0'
    : 'solar_elevation BETWEEN 0 AND 90'
}

function boundingBox({ bbox }: Settings): ShotFilter | null {
  if (bbox === null) return null
  const [west, south, east, north] = bbox.map(float64)
  const crossing = bbox[0] > bbox[2] ? 'OR' : 'AND'
  return when(
    true,
    'bounding-box',
    `lat_lowestmode BETWEEN ${south} AND ${north}
     AND (lon_lowestmode >= ${west} ${crossing} lon_lowestmode <= ${east})`,
  )
}

/** Numbers go in as text: DuckDB would take the literal for a decimal first. */
function float64(value: number): string {
  return `'${value}'::DOUBLE`
}

function float32(value: number): string {
  return `'${Math.fround(value)}'::FLOAT`
}

/** SQL of a time, milliseconds since 1970. */
export function timestamp(ms: number): string {
  return `epoch_ms(${ms}::BIGINT)`
}
