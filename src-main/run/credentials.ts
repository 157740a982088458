import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { isRemoteSource } from '../../src-shared/catalog/source-name'
import type { Sources } from '../../src-shared/run/project'

/** Name of the program in the keychain. */
const SERVICE = 'gedi-dataset-studio'

/** Credentials: the variable that worker processes find them in, and their account in the keychain. */
const CREDENTIALS = [
  { variable: 'PC_SDK_SUBSCRIPTION_KEY', account: 'subscription-key' },
  { variable: 'GEDI_DATASET_BEARER_TOKEN', account: 'bearer-token' },
] as const

/** A keychain that asks its owner to unlock it may take a while; one that hangs must not keep a run from starting. */
const TIMEOUT_MS = 30_000

/**
 * Completes the environment, which worker processes inherit, by credentials of the system's keychain: only where a
 * source lies on the network, and only what the environment does not have. They are written nowhere.
 * @returns whether something was added, which processes that run already do not have
 */
export async function loadCredentials(
  { source, demSource, landcoverSource }: Pick<Sources, 'source' | 'demSource' | 'landcoverSource'>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const isRemote = [source, demSource, landcoverSource].some((name) => name !== null && isRemoteSource(name))
  if (!isRemote) return false
  let added = false
  for (const { variable, account } of CREDENTIALS) {
    if (environment[variable] !== undefined) continue
    const found = await fromKeychain(account, environment)
    if (found === null) continue
    environment[variable] = found
    added = true
  }
  return added
}

/** The commands by which systems let programs read their keychain. */
function keychainCommand(account: string): [program: string, words: string[]] | null {
  if (process.platform === 'linux') return ['secret-tool', ['lookup', 'service', SERVICE, 'account', account]]
  if (process.platform === 'darwin')
    return ['security', ['find-generic-password', '-s', SERVICE, '-a', account, '-w']]
  return null
}

/** A secret of the system's keychain; null where it has none, or the system has no keychain that can be asked. */
async function fromKeychain(account: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const command = keychainCommand(account)
  if (command === null) return null
  try {
    const options = { timeout: TIMEOUT_MS, env: environment, encoding: 'utf8' } as const
    const { stdout } = await promisify(execFile)(command[0], command[1], options)
    return stdout.trim() === '' ? null : stdout.trim()
  } catch {
    return null
  }
}
