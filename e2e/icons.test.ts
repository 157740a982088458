import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'assets/icons')

describe('files of the icon', () => {
  it('are those that the drawing gives', async () => {
    const script = (await import(join(ROOT, 'scripts/icon-files.mjs'))) as {
      drawIconFiles: () => Promise<Map<string, Buffer>>
    }
    const drawn = await script.drawIconFiles()
    expect((await readdir(FOLDER)).sort()).toEqual([...drawn.keys()].sort())
    for (const [name, content] of drawn)
      expect(content.equals(await readFile(join(FOLDER, name))), name).toBe(true)
  })
})
