// What datasets of millions of samples cost: simulates the tasks of a job array and the fuses behind it, from the rates
// in bench/rates.json and, where it is there, bench/history.json. Prints the tables of docs/scaling.md.
//
//   node scripts/simulate-scaling.mjs --write       writes them into the page
//   node scripts/simulate-scaling.mjs [--train 6e6] [--test 2e6] [--batches-per-task 20] [--RATE VALUE …]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
/** Marks of the page between which its tables lie. */
const [BEGIN, END] = ['<!-- simulated -->', '<!-- end of simulated -->']
const BATCH = 1000
/** Files of a batch: samples, record, counts. */
const FILES = 3
const CORES_PER_TASK = 4

/** The machines of the table: nodes and cores of each. */
const SITES = [
  [1, 2],
  [1, 8],
  [1, 32],
  [50, 16],
]

/** Figures of bench/history.json that take the place of rates: benchmark, what, factor on its value. */
const RECORDED = {
  requestsPerFootprint: ['network', 'requests per footprint', () => 1],
  megabytesPerFootprint: ['network', 'bytes per footprint', () => 1],
  footprintsPerCoreSecond: ['network', 'footprints per second', (cores) => 1 / cores],
}

/** Rates with where each comes from: those of the file, above them recorded figures, above them flags. */
function readRates(flags) {
  const folder = resolve(root, 'bench')
  const rates = JSON.parse(readFileSync(resolve(folder, 'rates.json'), 'utf8'))
  const path = resolve(folder, 'history.json')
  const history = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []
  for (const [name, [benchmark, what, factor]] of Object.entries(RECORDED)) {
    for (const { date, cores, figures } of history) {
      const found = figures.find((figure) => figure.benchmark === benchmark && figure.what === what)
      if (found === undefined) continue
      const from = `npm run bench -- --only ${benchmark}, ${date.slice(0, 10)}`
      rates[name] = { ...rates[name], value: found.value * factor(cores), kind: 'measured', from }
    }
  }
  for (const [name, value] of Object.entries(flags)) {
    if (rates[name] === undefined) throw new Error(`There is no rate ${name}.`)
    rates[name] = { ...rates[name], value, kind: 'assumed', from: 'given' }
  }
  return rates
}

/**
 * Runs equal tasks on slots, first come first served. Tasks that cut share what the provider and the file system give;
 * the fluid speed of all changes whenever one begins or ends.
 * @returns seconds until the last ends, and seconds that each limit held
 */
function runTasks(footprints, nodes, cores, perTask, rate) {
  const workers = Math.min(CORES_PER_TASK, cores)
  const slots = nodes * Math.max(1, Math.floor(cores / workers))
  const tasks = Math.ceil(footprints / (BATCH * perTask))
  const held = {}
  const active = []
  let [time, begun, ended] = [0, 0, 0]
  const begin = () => {
    if (begun >= tasks) return
    const size = Math.min(BATCH * perTask, footprints - begun * BATCH * perTask)
    // The golden ratio spreads evenly and is the same in every run.
    const luck = 1 + rate.spread * (2 * ((begun * 0.6180339887498949) % 1) - 1)
    active.push({ ready: time + rate.startSeconds, left: size * luck })
    begun++
  }
  for (let slot = 0; slot < slots; slot++) begin()
  while (ended < tasks) {
    const cutting = active.filter(({ ready }) => ready <= time)
    const { speed, limit } = speedOf(cutting.length, { workers, nodes, perTask }, rate)
    const next = Math.min(...active.map(({ ready, left }) => (ready > time ? ready : time + left / speed)))
    held[limit] = (held[limit] ?? 0) + next - time
    for (const task of cutting) task.left -= (next - time) * speed
    time = next
    for (const task of cutting.filter(({ left }) => left < 1e-6)) {
      active.splice(active.indexOf(task), 1)
      ended++
      begin()
    }
  }
  return { seconds: time, held, tasks }
}

/** Footprints a second of each of some tasks that cut at once, and what keeps them from more. */
function speedOf(count, { workers, nodes, perTask }, rate) {
  if (count === 0) return { speed: 1, limit: 'start' }
  const operations = (rate.metadataPerBatch + rate.metadataPerTask / perTask) / BATCH
  const onNode = Math.ceil(count / nodes)
  const speeds = {
    cores: workers * rate.footprintsPerCoreSecond,
    'requests of the provider': rate.providerRequestsPerSecond / rate.requestsPerFootprint / count,
    'MB/s of the provider': rate.providerMegabytesPerSecond / rate.megabytesPerFootprint / count,
    'line of the node': rate.nodeMegabytesPerSecond / rate.megabytesPerFootprint / onNode,
    'file system': rate.metadataPerSecond / operations / count,
  }
  const [limit, speed] = Object.entries(speeds).reduce((least, each) => (each[1] < least[1] ? each : least))
  return { speed, limit }
}

/** What datasets of some samples cost on some nodes, hours and totals. */
function simulate({ train, test, nodes, cores, perTask }, rates) {
  const rate = Object.fromEntries(Object.entries(rates).map(([name, { value }]) => [name, value]))
  const splits = [train, test].map((samples) => Math.ceil(samples / rate.passShare))
  const footprints = splits[0] + splits[1]
  const plan = ((footprints / 1e6) * rate.submitCpuSecondsPerMillion) / Math.min(cores, rate.submitThreads)
  const { seconds: cut, held, tasks } = runTasks(footprints, nodes, cores, perTask, rate)
  const fuseRate = Math.min(
    rate.fuseSamplesPerSecond,
    (Math.min(rate.fuseMegabytesPerSecond, rate.diskMegabytesPerSecond) * 1000) / rate.kilobytesPerSample,
  )
  const fuse = (train + test) / fuseRate
  const batches = Math.ceil(footprints / BATCH)
  return {
    ...{ nodes, cores, plan: plan / 3600, cut: cut / 3600, fuse: fuse / 3600 },
    limit: Object.entries(held).reduce((most, each) => (each[1] > most[1] ? each : most))[0],
    terabytes: (footprints * rate.megabytesPerFootprint) / 1e6,
    requests: (footprints * rate.requestsPerFootprint) / 1e6,
    ...{ footprints, batches, tasks, files: batches * FILES + tasks },
    written: ((train + test) * rate.kilobytesPerSample * 2) / 1e9,
  }
}

/** The two tables as Markdown. */
function scalingTables(flags) {
  const { train = 6e6, test = 2e6, 'batches-per-task': perTask = 20, ...own } = flags
  const rates = readRates(own)
  const results = SITES.map(([nodes, cores]) => simulate({ train, test, nodes, cores, perTask }, rates))
  const [{ footprints, batches, tasks, files, terabytes, requests, written }] = results
  const count = (value) => Math.round(value).toLocaleString('en')
  return [
    `${count(train)} train and ${count(test)} test samples: ${count(footprints)} footprints in ${count(batches)} batches and ${count(tasks)} tasks;`,
    `${terabytes.toFixed(1)} TB read with ${requests.toFixed(1)} million requests; ${count(files)} files made, ${written.toFixed(2)} TB written with the datasets.`,
    '',
    '| machine | plan, h | cut, h | fuse, h | together, h | what limits cutting |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results.map(({ nodes, cores, plan, cut, fuse, limit }) => {
      const machine = nodes === 1 ? `one of ${cores} cores` : `${nodes} nodes of ${cores} cores`
      const hours = [plan, cut, fuse, plan + cut + fuse].map((value) => value.toFixed(2))
      return `| ${[machine, ...hours, limit].join(' | ')} |`
    }),
    '',
    '| rate | value | | from |',
    '| --- | --- | --- | --- |',
    ...Object.entries(rates).map(
      ([name, { value, unit, kind, from }]) =>
        `| \`${name}\` | ${Number(value.toPrecision(4)).toLocaleString('en')} ${unit} | ${kind} | ${from} |`,
    ),
    '',
  ].join('\n')
}

/** `--name value` pairs as numbers. */
function parseFlags(words) {
  const flags = {}
  for (let i = 0; i < words.length; i += 2) {
    const value = Number(words[i + 1])
    if (!words[i].startsWith('--') || !(value > 0)) throw new Error(`${words[i]} wants a number above 0.`)
    flags[words[i].slice(2)] = value
  }
  return flags
}

const words = process.argv.slice(2)
if (words.includes('--write')) {
  const page = resolve(root, 'docs/scaling.md')
  const text = readFileSync(page, 'utf8')
  const begin = text.indexOf(BEGIN) + BEGIN.length
  writeFileSync(page, `${text.slice(0, begin)}\n\n${scalingTables({})}\n${text.slice(text.indexOf(END))}`)
} else {
  process.stdout.write(scalingTables(parseFlags(words)))
}
