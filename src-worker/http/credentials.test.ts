import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src-shared/errors/studio-error'
import { credentialHeaders, credentialsFromEnvironment } from './credentials'

function refused(env: NodeJS.ProcessEnv): StudioError {
  try {
    credentialsFromEnvironment(env)
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown
  }
  throw new Error('It should have been refused.')
}

describe('credentials from the environment', () => {
  it('are none where no variable is set', () => {
    expect(credentialsFromEnvironment({})).toEqual({ subscriptionKey: null, bearerTokens: new Map() })
  })

  it('takes the usual variable for the key before its own', () => {
    const env = { PC_SDK_SUBSCRIPTION_KEY: ' one ', GEDI_DATASET_SUBSCRIPTION_KEY: 'two' }
    expect(credentialsFromEnvironment(env).subscriptionKey).toBe('one')
    expect(credentialsFromEnvironment({ ...env, PC_SDK_SUBSCRIPTION_KEY: '' }).subscriptionKey).toBe('two')
  })

  it('reads tokens by host', () => {
    const env = { GEDI_DATASET_BEARER_TOKEN: 'Stac.Example.org=abc.def==, localhost:8080=x, a.org:443=y' }
    expect([...credentialsFromEnvironment(env).bearerTokens]).toEqual([
      ['stac.example.org', 'abc.def=='],
      ['localhost:8080', 'x'],
      ['a.org', 'y'],
    ])
  })

  it.each([
    'just-a-token',
    'host=',
    '=secret-token',
    'host=secret token',
    'https://host=secret-token',
    'host:x=y',
  ])('refuses %s without repeating it', (value) => {
    const error = refused({ GEDI_DATASET_BEARER_TOKEN: value })
    expect(error.tag).toBe('usage')
    expect(error.message).toContain('GEDI_DATASET_BEARER_TOKEN')
    expect(JSON.stringify(error.toJSON())).not.toMatch(/secret|just-a-token/)
  })

  it('refuses a key that would break a header', () => {
    const error = refused({ PC_SDK_SUBSCRIPTION_KEY: 'sec\nret' })
    expect(error.tag).toBe('usage')
    expect(JSON.stringify(error.toJSON())).not.toContain('ret"')
  })
})

describe('headers with credentials', () => {
  const credentials = {
    subscriptionKey: 'key',
    bearerTokens: new Map([
      ['a.org', 'token'],
      ['127.0.0.1:80', 'never'],
      ['127.0.0.1:8080', 'local'],
    ]),
  }
  const headers = (url: string): Record<string, string> =>
    credentialHeaders(new URL(url), credentials, 'https://sign.org')

  it('go to exactly the host they are for', () => {
    expect(headers('https://a.org/x')).toEqual({ authorization: 'Bearer token' })
    expect(headers('https://sub.a.org/x')).toEqual({})
    expect(headers('https://a.org:8443/x')).toEqual({})
    expect(headers('https://sign.org/token')).toEqual({ 'ocp-apim-subscription-key': 'key' })
    expect(headers('https://blob.org/x')).toEqual({})
  })

  it('do not go over unencrypted connections, but within the machine', () => {
    expect(headers('http://a.org/x')).toEqual({})
    expect(headers('http://127.0.0.1:8080/x')).toEqual({ authorization: 'Bearer local' })
  })
})
