/**
 * Time that goes into the file: now, or SOURCE_DATE_EPOCH (seconds since 1970; reproducible-builds.org) for people
 * who compare files byte by byte.
 */
export function creationTime(): string {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH)
  const time =
    process.env.SOURCE_DATE_EPOCH !== undefined && Number.isFinite(epoch) ? epoch * 1000 : Date.now()
  return new Date(time).toISOString()
}
