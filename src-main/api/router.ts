import { implement } from '@orpc/server'
import { contract } from '../../src-shared/api/contract'
import type { Studio } from '../studio/studio'
import { answerError } from './answer-error'
import { checkImagery } from './check-imagery'
import { listCard, listDatasets, verifyDatasetFile } from './dataset-files'
import { listPatches } from './list-patches'
import { layerStream } from './layer-stream'
import { leakageOf } from './leakage'
import { checkChange, refuseShell } from './named-paths'
import { spaceOf } from './space'

/** Errors travel as data of one kind. */
const api = implement(contract).use(async ({ next }) => {
  try {
    return await next()
  } catch (thrown) {
    throw answerError(thrown)
  }
})

/** The procedures of the contract over a studio. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the router's type is the contract's
export function studioRouter(studio: Studio) {
  const { face, run } = studio
  return api.router({
    studio: {
      watch: api.studio.watch.handler(({ signal }) => studio.watch(signal)),
      commands: api.studio.commands.handler(({ signal }) =>
        face.menuCommands.stream(signal, [], (_, next) => next),
      ),
      shows: api.studio.shows.handler(({ input }) => face.windowShows(input.stage)),
      openFile: api.studio.openFile.handler(({ input }) => studio.openFile(input.path)),
      closeFile: api.studio.closeFile.handler(() => studio.closeFile()),
      forgetRecent: api.studio.forgetRecent.handler(({ input }) => studio.forgetRecent(input.folder)),
      showFolder: api.studio.showFolder.handler(({ input }) => {
        face.grants.check(input.path)
        return face.showFolder(input.path)
      }),
    },
    project: {
      create: api.project.create.handler(({ input }) => studio.createProject(input.folder, input.name)),
      open: api.project.open.handler(({ input }) => studio.openProject(input.folder)),
      openSample: api.project.openSample.handler(() => studio.openSample()),
      close: api.project.close.handler(() => studio.closeProject()),
      update: api.project.update.handler(({ input }) => {
        checkChange(face.grants, studio.project.project, input)
        refuseShell(studio.project.project, input)
        studio.project.update(input)
      }),
      undo: api.project.undo.handler(() => studio.project.undo()),
      redo: api.project.redo.handler(() => studio.project.redo()),
      commandLine: api.project.commandLine.handler(({ input }) => studio.project.commandLine(input.until)),
    },
    places: {
      choose: api.places.choose.handler(({ input }) => face.choosePlaces(input.kind, input.multiple)),
      browse: api.places.browse.handler(({ input }) => face.browse(input.path, input.kind)),
      makeFolder: api.places.makeFolder.handler(({ input }) => face.makeFolder(input.parent, input.name)),
      space: api.places.space.handler(({ input }) => {
        face.grants.check(input.path)
        return spaceOf(input.path)
      }),
    },
    sources: {
      inspect: api.sources.inspect.handler(() => studio.project.inspect()),
      check: api.sources.check.handler(({ input, signal }) =>
        checkImagery(studio.project, face.grants, input, signal),
      ),
    },
    explore: {
      open: api.explore.open.handler(({ input, signal }) => layerStream(studio.project, input.layer, signal)),
      filter: api.explore.filter.handler(({ input }) => studio.project.filter(input.settings)),
      record: api.explore.record.handler(({ input }) =>
        studio.project.explorer.record(input.layer, input.row),
      ),
      states: api.explore.states.handler(() => studio.project.explorer.states()),
      scenes: api.explore.scenes.handler(() => studio.project.scenes()),
      distribution: api.explore.distribution.handler(({ input }) => studio.project.distribution(input)),
    },
    run: {
      watch: api.run.watch.handler(({ signal }) => run.changes.stream(signal, [run.state])),
      log: api.run.log.handler(({ signal }) => run.log.stream(signal)),
      start: api.run.start.handler(async ({ input }) => {
        // The fuse reads the marks from their file.
        if (input.until === 'fuse') await studio.project.review.saved()
        const { until, restartFrom } = input
        if (input.besideJobs) studio.project.start(until, restartFrom)
        else await studio.project.startAlone(until, restartFrom)
      }),
      pause: api.run.pause.handler(() => run.pause()),
      resume: api.run.resume.handler(() => run.resume()),
      cancel: api.run.cancel.handler(() => run.cancel()),
      preflight: api.run.preflight.handler(() => studio.project.preflight()),
    },
    cluster: {
      state: api.cluster.state.handler(({ signal }) => studio.project.cluster.watch(signal)),
      submit: api.cluster.submit.handler(({ input }) => studio.project.cluster.submit(input.restartFrom)),
      cancel: api.cluster.cancel.handler(() => studio.project.cluster.cancel()),
      commandLine: api.cluster.commandLine.handler(() => studio.project.commandLine('submit')),
    },
    patches: {
      list: api.patches.list.handler(({ input, signal }) => listPatches(studio, input, signal)),
      openFile: api.patches.openFile.handler(({ input }) => {
        face.grants.check(input.path)
        return studio.project.patches.openFile(input.path)
      }),
      measure: api.patches.measure.handler(({ input, signal }) => studio.patches.measure(input, signal)),
      detail: api.patches.detail.handler(({ input }) => studio.patches.detail(input)),
    },
    review: {
      watch: api.review.watch.handler(({ signal }) => studio.project.review.watch(signal)),
      mark: api.review.mark.handler(({ input }) => studio.project.review.mark(input)),
      undo: api.review.undo.handler(() => studio.project.review.undo()),
      redo: api.review.redo.handler(() => studio.project.review.redo()),
      forgetUnmatched: api.review.forgetUnmatched.handler(() => studio.project.review.forgetUnmatched()),
    },
    datasets: {
      leakage: api.datasets.leakage.handler(({ signal }) => leakageOf(studio.project, signal)),
      list: api.datasets.list.handler(() => listDatasets(studio.project)),
      card: api.datasets.card.handler(() => listCard(studio.project)),
      verify: api.datasets.verify.handler(({ input, signal }) =>
        verifyDatasetFile(studio.project, input.split, signal),
      ),
    },
  })
}
