import type { ServerCheck } from '../../../src-shared/api/inspection'

/** What a server answered when it was asked for a layer of imagery, in one line. */
export function serverWords({ host, latencyMs, collections, testRead, error }: ServerCheck): string {
  if (error !== null)
    return latencyMs === null ? `${host} does not answer` : `${host} answers, but cannot be used`
  const parts = [
    latencyMs === null ? host : `${host}, ${Math.round(latencyMs)} ms`,
    collections.join(' and '),
    testRead === 'ok' ? 'test read worked' : '',
  ]
  return parts.filter((part) => part !== '').join('; ')
}
