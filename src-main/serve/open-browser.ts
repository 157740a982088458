import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Milliseconds after which the browser has long read the file. */
const READ_MS = 30_000

/**
 * Opens a link in the person's browser. Where there is none, nothing happens: the link was printed as well. The link
 * goes into a file that only this person can read and the browser opens that: the words of a command are there for all
 * users of a machine to see.
 * @returns removes the file, which a moment later nobody needs any more
 */
export async function openInBrowser(link: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gedi-studio-'))
  const file = join(folder, 'open.html')
  await writeFile(file, redirectPage(link), { mode: 0o600 })
  const [program, ...words] = opener(process.platform)
  const child = spawn(program, [...words, file], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  setTimeout(() => void remove(), READ_MS).unref()
  return remove
}

/** A page that leads on to a link. @internal */
export function redirectPage(link: string): string {
  const address = link.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<!doctype html><meta charset="utf-8" /><meta http-equiv="refresh" content="0; url=${address}" />\n`
}

/** The command of a system that opens a file with the program that it is for. */
function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  return platform === 'win32' ? ['explorer.exe'] : ['xdg-open']
}
