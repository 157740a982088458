// Draws the icon's files anew after a change of assets/icon.svg: node scripts/make-icons.mjs
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { drawIconFiles } from './icon-files.mjs'

const folder = new URL('../assets/icons/', import.meta.url)
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const [name, content] of await drawIconFiles()) await writeFile(new URL(name, folder), content)
