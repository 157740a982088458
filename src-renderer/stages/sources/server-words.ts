import type { ServerCheck } from '../../../src-shared/api/inspection'
import type { SerializedError } from '../../../src-shared/errors/studio-error'

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

/** Why servers cannot be used; what three layers of one server have in common once. */
export function differentErrors(servers: readonly ServerCheck[]): SerializedError[] {
  const different = new Map<string, SerializedError>()
  for (const { error } of servers) {
    if (error !== null) different.set(`${error.tag} ${error.file ?? ''}`, error)
  }
  return [...different.values()]
}
