const SENSED = /^S2[A-Z]_MSIL2A_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)_/

/** GEDI counts seconds from here. */
const GEDI_EPOCH = Date.UTC(2018, 0, 1)
/** The latest time that a Date can hold, milliseconds since 1970. */
const LATEST = 8.64e15

/** When a Sentinel-2 product was sensed, `2020-06-09T10:21:31Z`, after its name; null where that does not say. */
export function sceneTime(product: string): string | null {
  const match = SENSED.exec(product)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1)
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  return Number.isNaN(Date.parse(time)) ? null : time
}

/** ISO time with milliseconds of a shot, from its seconds since 2018-01-01T00:00:00Z; null without a number. */
export function shotTime(deltaTime: number | null): string | null {
  if (deltaTime === null) return null
  const time = GEDI_EPOCH + deltaTime * 1000
  return Math.abs(time) <= LATEST ? new Date(time).toISOString() : null
}
