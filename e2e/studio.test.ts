import { renameSync } from 'node:fs'
import { mkdir, readFile, writeFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { FolderListing } from '../src-shared/api/places'
import type { LayerState } from '../src-shared/api/contract'
import type { RunState } from '../src-shared/api/run-state'
import type { StudioState } from '../src-shared/api/studio-state'
import { StudioError } from '../src-shared/errors/studio-error'
import { Broadcast } from '../src-main/studio/broadcast'
import type { Face } from '../src-main/studio/face'
import { PathGrants } from '../src-main/studio/path-grants'
import { Studio } from '../src-main/studio/studio'
import { forkWorkers } from '../src-main/workers/fork-worker'
import { temporaryFolder } from './command-line'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const SAMPLE = at('../assets/sample/')

/** A face without windows: everything below `folder` may be named. */
function quietFace(folder: string): Face {
  const refuse = (): Promise<never> =>
    Promise.reject(new StudioError('usage', 'There is no window.', { hint: '' }))
  return {
    name: 'served',
    grants: new PathGrants([folder, SAMPLE]),
    menuCommands: new Broadcast(),
    windowShows: () => undefined,
    choosePlaces: refuse,
    browse: (): Promise<FolderListing> => refuse(),
    makeFolder: refuse,
    showFolder: refuse,
  }
}

const spawn = forkWorkers(at('../dist/main/worker.js'))
const open: Studio[] = []

function studioIn(folder: string): Studio {
  const studio = new Studio({
    face: quietFace(folder),
    spawn,
    dataFolder: join(folder, 'person'),
    sampleFolder: SAMPLE,
  })
  open.push(studio)
  return studio
}

afterEach(async () => {
  for (const studio of open.splice(0)) await studio.close()
})

/** Waits until the run has come to rest. */
function rest(studio: Studio): Promise<RunState> {
  return new Promise((resolve) => {
    const look = (state: RunState): void => {
      if (studio.run.isActive || state.finished === null) return
      end()
      resolve(state)
    }
    const end = studio.run.changes.listen(look)
  })
}

async function stateOf(studio: Studio): Promise<StudioState> {
  for await (const state of studio.watch(undefined)) return state
  throw new Error('no state')
}

const states = (studio: Studio): Record<string, string> =>
  Object.fromEntries(Object.entries(studio.project.stages).map(([stage, { state }]) => [stage, state]))

async function settled(studio: Studio, wanted: Record<string, string>): Promise<void> {
  await expect.poll(() => states(studio), { timeout: 10_000 }).toMatchObject(wanted)
}

describe('the studio', () => {
  /** The sample is cut in it by the first test, and stays so. */
  const finished = temporaryFolder('studio')

  it('opens the sample, cuts it, fuses it, and finds all that again', async () => {
    const studio = studioIn(finished)
    await studio.openSample()
    expect(studio.run.isActive).toBe(true)
    const run = await rest(studio)
    expect(run.status).toBe('done')
    expect(run.funnel).toMatchObject({ train: { samples: 47 }, test: { samples: 90 } })
    expect(run.newest).toHaveLength(24)
    await settled(studio, {
      sources: 'done',
      filter: 'done',
      subset: 'done',
      generate: 'done',
      fuse: 'ready',
    })

    studio.project.start('fuse', null)
    expect((await rest(studio)).status).toBe('done')
    await settled(studio, { fuse: 'done' })
    expect(studio.project.stages.fuse.result).toBe('47 train, 90 test')
    const dataset = join(studio.project.paths.folder, 'test_dataset.h5')
    await studio.close()

    renameSync(dataset, `${dataset}.elsewhere`)
    const lacking = studioIn(finished)
    await lacking.openSample()
    await settled(lacking, { generate: 'done', fuse: 'ready' })
    expect(lacking.project.stages.fuse).toMatchObject({
      result: 'test_dataset.h5 is missing',
      staleBecause: null,
      restartFrom: null,
    })
    await lacking.close()
    renameSync(`${dataset}.elsewhere`, dataset)

    const again = studioIn(finished)
    await again.openSample()
    await settled(again, { generate: 'done', fuse: 'done' })
    expect(again.run.isActive).toBe(false)
    expect(again.run.state.funnel).toEqual(run.funnel)
  })

  it('says what a changed setting makes stale, and takes it back', async () => {
    const studio = studioIn(finished)
    await studio.openSample()
    if (studio.run.isActive) await rest(studio)
    await settled(studio, { generate: 'done' })
    studio.project.update({ settings: { maxRelativeStandardError: 0.3 } })
    expect(studio.project.state.undo).toBe('Relative standard error')
    await settled(studio, { sources: 'done', filter: 'stale', subset: 'stale', generate: 'stale' })
    expect(studio.project.stages.generate).toMatchObject({
      staleBecause: 'Filter changed since',
      restartFrom: 'combine',
    })
    studio.project.undo()
    await settled(studio, { filter: 'done', subset: 'done', generate: 'done' })
    studio.project.redo()
    await settled(studio, { filter: 'stale' })
    expect(() => studio.project.update({ settings: { maxSlope: -1 } })).toThrow(/--max-slope/)
    expect(studio.project.project.settings.maxSlope).toBe(15)
  })

  it('pauses, resumes, cancels within two seconds, and goes on where it was', async () => {
    const studio = studioIn(temporaryFolder('studio'))
    await studio.openSample()
    studio.run.pause()
    await expect.poll(() => studio.run.state.status, { timeout: 20_000 }).toBe('paused')
    const before = studio.run.state.funnel
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(studio.run.state.funnel).toEqual(before)
    studio.run.resume()
    expect(studio.run.state.status).toBe('running')
    const started = performance.now()
    await studio.run.cancel()
    expect(performance.now() - started).toBeLessThan(2000)
    expect(studio.run.state.status).toBe('cancelled')
    studio.project.start('fuse', null)
    expect((await rest(studio)).status).toBe('done')
    expect(studio.run.state.funnel.test.samples).toBe(90)
  })

  it('recovers what can be read of a damaged project file, and keeps the file aside', async () => {
    const folder = temporaryFolder('studio')
    const project = join(folder, 'mine')
    await mkdir(project)
    const text = JSON.stringify({
      name: 'Mine',
      settings: { maxSlope: 10, seed: 'many' },
      sources: { inputs: 7 },
    })
    await writeFile(join(project, 'project.json'), text)
    const studio = studioIn(folder)
    await studio.openProject(project)
    const { name, settings, recovered } = studio.project.state
    expect(name).toBe('Mine')
    expect(settings.maxSlope).toBe(10)
    expect(settings.seed).toBe(0)
    expect(recovered?.recovered).toContain('name')
    expect(await readFile(join(project, recovered?.keptAs ?? ''), 'utf8')).toBe(text)
  })

  it('leaves a project of a newer version as it is', async () => {
    const folder = temporaryFolder('studio')
    await writeFile(join(folder, 'project.json'), JSON.stringify({ formatVersion: 99 }))
    const studio = studioIn(folder)
    await expect(studio.openProject(folder)).rejects.toMatchObject({ tag: 'project-invalid' })
    expect(await readdir(folder)).not.toContain(expect.stringMatching(/damaged/))
    expect(await readFile(join(folder, 'project.json'), 'utf8')).toContain('99')
  })

  it('loads footprints of a new project, reading its granules first', async () => {
    const folder = temporaryFolder('studio')
    const studio = studioIn(folder)
    await studio.createProject(join(folder, 'new'), 'New')
    await settled(studio, { sources: 'empty', filter: 'empty' })
    studio.project.update({ sources: { inputs: [join(SAMPLE, 'gedi')], source: SAMPLE } })
    const told: LayerState[] = []
    const loaded = await studio.project.layers.open('footprints', (state) => told.push(state))
    expect(loaded).toMatchObject({ state: 'loaded', filterable: true })
    const counts = await studio.project.filter(studio.project.project.settings)
    studio.project.start('combine', null)
    await rest(studio)
    await settled(studio, { filter: 'done' })
    const kept = counts.train + counts.test
    expect(studio.project.stages.filter.result).toContain(`${kept.toLocaleString('en')} kept`)
  })

  it('shows a file of samples alone, until it is closed or a project is opened', async () => {
    const project = join(finished, 'person/sample-project')
    const studio = studioIn(finished)
    const path = join(project, 'batches/train/batch_25_0.h5')
    await studio.openFile(path)
    const { file } = await stateOf(studio)
    expect(file).toMatchObject({ path, name: 'batch_25_0.h5' })
    const page = { order: 'file', descending: false, filters: {}, offset: 0, limit: 100, find: [] } as const
    const listOf = (key: string): ReturnType<Studio['patches']['list']> =>
      studio.patches.list({ split: null, file: key }, { ...page, find: [] })
    const { total, samples } = await listOf(file?.file ?? '')
    expect(total).toBe(samples.length)
    expect(samples[0]).toMatchObject({ file: file?.file, inSplit: 'train' })
    await expect(
      studio.patches.list({ split: null, file: null }, { ...page, find: [] }),
    ).rejects.toMatchObject({
      tag: 'not-ready',
    })
    studio.closeFile()
    expect((await stateOf(studio)).file).toBeNull()
    expect(() => studio.patches).toThrow('No project is open.')

    await studio.openFile(path)
    await studio.openProject(project)
    expect(await stateOf(studio)).toMatchObject({ file: null, project: { folder: project } })
    await expect(studio.openFile(path)).rejects.toMatchObject({ tag: 'usage' })
  })

  it('opens no file alone that is foreign, gone, or that nobody chose', async () => {
    const folder = temporaryFolder('studio')
    const studio = studioIn(folder)
    await writeFile(join(folder, 'notes.h5'), 'no HDF5')
    for (const [path, tag] of [
      [join(folder, 'notes.h5'), 'hdf5-open'],
      [join(folder, 'gone.h5'), 'hdf5-open'],
      [join(folder, '../elsewhere.h5'), 'path-not-allowed'],
    ])
      await expect(studio.openFile(path)).rejects.toMatchObject({ tag })
    expect((await stateOf(studio)).file).toBeNull()
  })

  it('refuses places that nobody chose', async () => {
    const folder = temporaryFolder('studio')
    const studio = studioIn(join(folder, 'allowed'))
    await expect(studio.createProject(join(folder, 'elsewhere'))).rejects.toMatchObject({
      tag: 'path-not-allowed',
    })
  })
})
