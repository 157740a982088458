import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PageFiles, withSafeHeaders } from './page-files'

const place = mkdtempSync(join(tmpdir(), 'gedi-page-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const folder = join(place, 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(
  join(folder, 'index.html'),
  '<meta nonce="%CSP_NONCE%" /><style nonce="%CSP_NONCE%"></style><title>Studio</title>',
)
writeFileSync(join(folder, 'assets', 'index-a1b2.js'), 'export {}')
writeFileSync(join(folder, 'assets', 'notes.txt'), 'not for the page')
writeFileSync(join(folder, '.hidden.js'), 'hidden')
writeFileSync(join(place, 'secret.js'), 'secret')
symlinkSync(place, join(folder, 'assets', 'folder.js'))

const page = new PageFiles(folder)
const policy = { socketHost: null, tileOrigin: null }

describe('the files of the page', () => {
  it('are typed, and may be kept where their name tells their content', async () => {
    const script = await page.respond('/assets/index-a1b2.js', policy)
    expect(script.status).toBe(200)
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect(await script.text()).toBe('export {}')
  })

  it('begin with the page, whose nonce is new each time and the one that its policy names', async () => {
    const nonces = await Promise.all(
      ['/', '/index.html'].map(async (path) => {
        const answer = await page.respond(path, policy)
        const named = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
        expect(await answer.text()).toBe(
          `<meta nonce="${named ?? ''}" /><style nonce="${named ?? ''}"></style><title>Studio</title>`,
        )
        expect(answer.headers.get('cache-control')).toBe('no-store')
        return named
      }),
    )
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '//secret.js',
    '/.hidden.js',
    '/assets/notes.txt',
    '/assets/folder.js',
    '/assets/',
    '/index.html%00.js',
    '/%',
    'http://elsewhere.example/index.html',
    '',
  ])('are nothing else: %j', async (path) => {
    expect((await page.respond(path, policy)).status).toBe(404)
  })
})

describe('answers of the data routes', () => {
  it('keep their own headers and get those that every answer has', async () => {
    const svg = new Response('<svg/>', { status: 206, headers: { 'Content-Type': 'image/svg+xml' } })
    const answer = withSafeHeaders(svg)
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(await answer.text()).toBe('<svg/>')
  })
})
