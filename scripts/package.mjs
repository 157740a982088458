// Makes the program that people install: npm run package, the installers of this platform; npm run package:dir, only the
// folder that they would install. Further words go to electron-builder, such as --linux AppImage.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
run('scripts/notices.mjs')
const BUILDER = [
  'node_modules/electron-builder/cli.js',
  '--config',
  'electron-builder.config.mjs',
  '--publish',
  'never',
]
run(...BUILDER, ...process.argv.slice(2))

function run(program, ...words) {
  const { status } = spawnSync(process.execPath, [resolve(ROOT, program), ...words], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
