import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { toolReport } from '../e2e/tools'
import type { Bench, Benchmark, Figure } from './benchmark'
import { CACHE, cachedFolder } from './cache'
import { clustering } from './cluster'
import { cutting } from './cutting'
import { decoding } from './decoding'
import { exploring } from './exploring'
import { fusing } from './fusing'
import { recordFigures } from './history'
import { network } from './network'
import { parseOptions } from './options'
import { PIN, profileFolder, runPython, runTask } from './processes'
import { printFigures, type Print } from './report'
import { submitting } from './submitting'
import { combining, ingesting, manyTables, planning, reading } from './tables'
import { chromiumPath } from './window/chromium'
import { desktop } from './window/desktop'
import { electronPath } from './window/electron'
import { mapping } from './window/map'
import { reviewing } from './window/review'

const BENCHMARKS: readonly Benchmark[] = [
  cutting,
  network,
  decoding,
  reading,
  combining,
  manyTables,
  ingesting,
  planning,
  submitting,
  clustering,
  exploring,
  fusing,
  mapping,
  reviewing,
  desktop,
]

const print: Print = (line) => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const names = BENCHMARKS.map(({ name }) => name)
  const options = parseOptions(process.argv.slice(2), names)
  const profiles = profileFolder(CACHE, options.profile)
  print(`${cpus().length} x ${cpus().at(0)?.model ?? 'unknown'}, Node ${process.version}`)
  for (const line of leftOut()) print(line)
  const figures: (Figure & { benchmark: string })[] = []
  for (const benchmark of BENCHMARKS.filter(({ name }) => options.only.includes(name))) {
    const temporary = join(CACHE, `run-${process.pid}`)
    await mkdir(temporary, { recursive: true })
    try {
      const found = await benchmark.run(benchOf(temporary, profiles, options.large))
      printFigures(benchmark, found, print)
      figures.push(...found.map((figure) => ({ ...figure, benchmark: benchmark.name })))
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  }
  const load = loadavg()[0]
  if (load > 1.5 * availableParallelism()) {
    print(`\nThe machine is busy (load ${load.toFixed(1)}): times by the clock are too long.`)
  }
  const missed = figures.filter(({ aim }) => aim?.met === false)
  print(`\nFigures: ${figures.length}, aims missed: ${missed.length}.`)
  if (options.record) print(`Added to ${await recordFigures(figures)}.`)
}

function benchOf(temporary: string, profiles: string | null, large: boolean): Bench {
  return {
    temporary,
    large,
    run: (name, input, pinned) => runTask(name, input, pinned, profiles),
    folder: (kind) =>
      cachedFolder(kind, (made) => {
        const size = made === 'imagery' ? '; takes two minutes and 2 GB' : ''
        print(`Making the data of ${made} in .cache/bench, once${size}.`)
      }),
    python: runPython,
  }
}

function leftOut(): string[] {
  const missing = toolReport().filter(({ tool, found }) => !found && (tool === 'h5py' || tool === 'rasterio'))
  return [
    ...missing.map(({ tool, get }) => `Without ${tool} there is nothing to compare with (${get}).`),
    ...(chromiumPath() === null
      ? ['Without Chromium the window is not measured (apt-get install chromium).']
      : []),
    ...(electronPath() === null
      ? ['Without Electron and a display the desktop is not measured (xvfb-run -a npm run bench).']
      : []),
    ...(PIN.length === 0 ? ['Processes cannot be kept on one core here; CPU time counts all cores.'] : []),
  ]
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
