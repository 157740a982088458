// A toy scheduler for tests: `toy-slurm.mjs COMMAND WORDS…` is sbatch, squeue, scontrol, scancel or sacct, as far as the program
// uses them. Tasks really run, one after the other, job after job. Its state lies in the folder TOY_SLURM: a file a job, `hold` there
// keeps tasks that begin from beginning, `down` makes it as if its configuration were lost, and `asked` has a line for each squeue.
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const [command, ...words] = process.argv.slice(2)
const state = process.env.TOY_SLURM
const path = (name) => join(state, name)
const option = (name) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)

const jobs = () =>
  readdirSync(state)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(path(name), 'utf8')))
    .sort((a, b) => a.id - b.id)
const job = (id) => jobs().find((one) => one.id === id)

function save(one) {
  writeFileSync(path(`${one.id}.json.new`), JSON.stringify(one))
  renameSync(path(`${one.id}.json.new`), path(`${one.id}.json`))
}

const isOver = ({ state: word }) => !['PENDING', 'RUNNING'].includes(word)

function end(text, status = 1) {
  process.stderr.write(`${text}\n`)
  process.exit(status)
}

/** `0-2,5%3` as numbers. */
function numbers(text) {
  return text
    .replace(/%.*/, '')
    .split(',')
    .flatMap((part) => {
      const [from, to = from] = part.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, i) => from + i)
    })
}

const COMMANDS = {
  sbatch() {
    const script = words.at(-1)
    const partition = /^#SBATCH --partition=(.*)$/m.exec(readFileSync(script, 'utf8'))?.[1]
    if (partition !== undefined && partition !== 'toy') {
      process.stderr.write(`sbatch: error: invalid partition specified: ${partition}\n`)
      end('sbatch: error: Batch job submission failed: Invalid partition name specified')
    }
    const id = (jobs().at(-1)?.id ?? 0) + 1
    const array = option('array')
    const dependency = option('dependency') ?? ''
    const reason = dependency === '' ? 'Priority' : 'Dependency'
    const tasks = (array === undefined ? [null] : numbers(array)).map((task) => ({
      task,
      state: 'PENDING',
      reason,
    }))
    save({
      id,
      script,
      tasks,
      after: [...dependency.matchAll(/afterok:(\d+)/g)].map(([, other]) => Number(other)),
    })
    const node = spawn(process.execPath, [import.meta.filename, 'node', String(id)], {
      detached: true,
      stdio: 'ignore',
    })
    node.unref()
    process.stdout.write(`${id}\n`)
  },

  squeue() {
    appendFileSync(path('asked'), `${Date.now()} ${words.includes('--me') ? 'scripts' : 'states'}\n`)
    const all = words.includes('--states=all')
    const ids = option('jobs')?.split(',').map(Number)
    const rows = jobs()
      .filter(({ id }) => ids?.includes(id) ?? true)
      .flatMap(({ id, script, tasks }) => tasks.map((task) => ({ id, script, ...task })))
      .filter((task) => all || !isOver(task))
    const field = { F: 'id', K: 'task', T: 'state', r: 'reason', o: 'script' }
    for (const row of rows)
      process.stdout.write(
        `${option('format').replaceAll(/%(\w)/g, (_, letter) => row[field[letter]] ?? 'N/A')}\n`,
      )
  },

  scontrol: () => end('slurm_load_jobs error: Invalid job id specified'),
  sacct: () => end('Slurm accounting storage is disabled'),

  scancel() {
    for (const id of words.map(Number)) {
      writeFileSync(path(`${id}.cancel`), '')
      const running = job(id)?.tasks.find((task) => task.state === 'RUNNING')
      if (running?.pid !== undefined) process.kill(-running.pid, 'SIGTERM')
    }
  },

  /** Carries out the tasks of a job when those before it are over. */
  async node() {
    const mine = job(Number(words[0]))
    const isCancelled = () => existsSync(path(`${mine.id}.cancel`))
    const held = async (until) => {
      while (!until() && !isCancelled()) await wait(50)
    }
    const note = (task, change) => {
      Object.assign(task, change)
      save(mine)
    }
    await held(() => jobs().every((one) => one.id >= mine.id || one.tasks.every(isOver)))
    const failed = mine.after.some((id) => job(id).tasks.some((task) => task.state !== 'COMPLETED'))
    for (const task of mine.tasks) {
      if (failed || isCancelled()) {
        note(task, { state: 'CANCELLED', reason: failed ? 'DependencyNeverSatisfied' : 'None' })
        continue
      }
      note(task, { state: 'RUNNING', reason: 'None' })
      await held(() => !existsSync(path('hold')))
      if (isCancelled()) {
        note(task, { state: 'CANCELLED' })
        continue
      }
      const env = { ...process.env, SLURM_ARRAY_TASK_ID: String(task.task ?? '') }
      const child = spawn('bash', [mine.script], {
        env,
        cwd: dirname(mine.script),
        detached: true,
        stdio: 'ignore',
      })
      note(task, { pid: child.pid })
      const status = await new Promise((done) => child.on('exit', done))
      note(task, {
        state: isCancelled() ? 'CANCELLED' : status === 0 ? 'COMPLETED' : 'FAILED',
        reason: status === 0 ? 'None' : 'NonZeroExitCode',
      })
    }
  },
}

if (existsSync(path('down')) && command !== 'node')
  end(`${command}: fatal: Unable to process configuration file`)
await COMMANDS[command]()
