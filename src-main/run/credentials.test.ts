import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCredentials } from './credentials'

const REMOTE = { source: 'planetary-computer', demSource: null, landcoverSource: null }

/** A keychain program of the test's own: knows one secret, as `secret-tool` does. */
const KEYCHAIN = `#!/bin/sh
[ "$1 $2 $3 $4 $5" = "lookup service gedi-dataset-studio account subscription-key" ] && printf 'from-keychain' && exit 0
exit 1
`

describe.runIf(process.platform === 'linux')('credentials', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keychain-'))
    await writeFile(join(folder, 'secret-tool'), KEYCHAIN)
    await chmod(join(folder, 'secret-tool'), 0o755)
  })
  afterAll(() => rm(folder, { recursive: true }))

  const environment = (given: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: `${folder}:/usr/bin:/bin`,
    ...given,
  })

  it('come from the keychain where a source is on the network and the environment has none', async () => {
    const env = environment()
    await loadCredentials(REMOTE, env)
    expect(env.PC_SDK_SUBSCRIPTION_KEY).toBe('from-keychain')
    expect(env.GEDI_DATASET_BEARER_TOKEN).toBeUndefined()
  })

  it('of the environment come first', async () => {
    const env = environment({ PC_SDK_SUBSCRIPTION_KEY: 'given' })
    await loadCredentials(REMOTE, env)
    expect(env.PC_SDK_SUBSCRIPTION_KEY).toBe('given')
  })

  it('are not asked for where all sources are folders, and a missing keychain is no fault', async () => {
    const folders = environment()
    await loadCredentials({ source: '/data', demSource: null, landcoverSource: null }, folders)
    expect(folders.PC_SDK_SUBSCRIPTION_KEY).toBeUndefined()
    const without = { PATH: join(folder, 'none') }
    await loadCredentials(REMOTE, without)
    expect(without).toEqual({ PATH: join(folder, 'none') })
  })
})
