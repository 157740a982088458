// Kills runs at many moments of every step and compares what running again makes of it, byte by byte:
// npm run crash-test -- [crashes of each step] [seed]. The tests in CI do the same with a few.
import { spawnSync } from 'node:child_process'

const [count = '25', seed = String(Date.now() % 100_000)] = process.argv.slice(2)
console.log(`${count} crashes of each step, seed ${seed}`)
const { status } = spawnSync('npx', ['vitest', 'run', 'e2e/crash'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, CRASH_COUNT: count, CRASH_SEED: seed },
})
process.exitCode = status ?? 1
