import type { NetworkLimits } from './network-schema'
import type { Settings } from '../../src-shared/settings/settings'
import { credentialsFromEnvironment } from '../http/credentials'
import { Network } from '../http/network'

/**
 * A line to servers with the settings of a run; credentials come from this process's environment and nowhere else. It
 * connects to nothing before it is used.
 * @throws StudioError `usage` where credentials in the environment are not of the documented form
 */
export function openNetwork(
  { connections, cacheFolder, cacheBytes }: NetworkLimits,
  settings: Settings,
): Network {
  return new Network({
    connections,
    cache: cacheBytes === 0 ? null : { folder: cacheFolder, maxBytes: cacheBytes },
    signing: settings.signing,
    signingUrl: settings.signingUrl,
    credentials: credentialsFromEnvironment(process.env),
  })
}
