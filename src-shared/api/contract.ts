import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { CARD_FILES } from '../card/card'
import { serializedErrorSchema } from '../errors/studio-error'
import { distributionSchema } from '../explore/distribution'
import { filterCountsSchema } from '../explore/filter-counts'
import { EXPLORE_LAYERS, openedSchema } from '../explore/layers'
import { exploreRecordSchema } from '../explore/record'
import { stateCountsSchema } from '../explore/states'
import { SPLITS } from '../footprint/footprint'
import { patchDetailSchema } from '../patches/patch-detail'
import { patchFiltersSchema } from '../patches/patch-filters'
import { patchMeasuredSchema } from '../patches/patch-measure'
import { LARGEST_PAGE, patchOrderSchema, patchSampleSchema } from '../patches/patch-list'
import { leakageSchema } from '../run/leakage'
import { sourcesSchema } from '../run/project'
import { STEPS } from '../run/steps'
import {
  MARKS,
  MOST_MARKED,
  markedSampleSchema,
  reviewReasonSchema,
  reviewStateSchema,
} from '../review/marks'
import { settingsSchema } from '../settings/settings'
import { clusterStateSchema } from './cluster-state'
import {
  datasetFileSchema,
  granuleInspectionSchema,
  preflightItemSchema,
  sceneOutlineSchema,
  sourceCheckSchema,
} from './inspection'
import { openedFileSchema } from './opened-file'
import { folderListingSchema, placeKindSchema, spaceSchema } from './places'
import { logEntrySchema, runStateSchema, sampleFileSchema, sampleRefSchema } from './run-state'
import { stageSchema } from './stages'
import { studioStateSchema } from './studio-state'

const split = z.enum(SPLITS)
const step = z.enum(STEPS)
const nothing = z.void()
const layer = z.enum(EXPLORE_LAYERS)

/** Errors of every procedure: a StudioError as data, so that both ends know its form. */
const base = oc.errors({ STUDIO: { data: serializedErrorSchema } })

/** Commands of the native menu that the window carries out. */
export const MENU_COMMANDS = [
  'new-project',
  'open-project',
  'open-sample',
  'close-project',
  'open-file',
  'close-file',
  'undo',
  'redo',
  'commands',
  'shortcuts',
  'log',
  'start',
  'pause',
  'cancel',
  ...(['sources', 'filter', 'subset', 'generate', 'review', 'fuse'] as const),
] as const
const menuCommandSchema = z.enum(MENU_COMMANDS)
export type MenuCommand = z.infer<typeof menuCommandSchema>

/** A sample of the patch grid: where it is and what the grid shows of it. */
export const gridSampleSchema = patchSampleSchema.omit({ file: true }).extend({
  ...sampleRefSchema.shape,
  /** Changes when the sample's file was written anew; part of the address of its thumbnail. */
  version: z.string(),
  /** Split that the sample's file belongs to; null where a file opened alone does not say. */
  inSplit: z.enum(SPLITS).nullable().optional(),
})
export type GridSample = z.infer<typeof gridSampleSchema>

/** How far a layer of footprints is loaded. */
export const layerStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading'), what: z.string(), done: z.number(), total: z.number() }),
  openedSchema.extend({
    state: z.literal('loaded'),
    /** Whether settings filter it: not where the tables were given. */
    filterable: z.boolean(),
  }),
])
export type LayerState = z.infer<typeof layerStateSchema>

/** What a change of the project may hold; the names are those of the project file. */
export const projectChangeSchema = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  /** Some settings; the others stay as they are. */
  settings: z.record(z.string(), z.unknown()).optional(),
  sources: sourcesSchema.partial().optional(),
})
export type ProjectChange = z.infer<typeof projectChangeSchema>

/**
 * What the window asks of the main process, and what it is told. The same over a MessagePort in the desktop window and
 * over a WebSocket in the browser. Streams begin with the present state, so that a window that was reloaded knows all.
 * Pictures, map tiles and files to save come from the routes in data-routes.ts.
 */
export const contract = {
  studio: {
    watch: base.output(eventIterator(studioStateSchema)),
    /** Commands of the native menu; the browser has none. */
    commands: base.output(eventIterator(menuCommandSchema)),
    /** Tells which stage this window shows, null for none: the native menu names what undo would do there. */
    shows: base.input(z.object({ stage: stageSchema.nullable() })).output(nothing),
    /**
     * Opens a file of samples that is looked at alone, while no project is open. Nothing is written beside it.
     * The error says why it cannot be read.
     */
    openFile: base.input(z.object({ path: z.string() })).output(nothing),
    /** Closes the file that is looked at alone. */
    closeFile: base.output(nothing),
    forgetRecent: base.input(z.object({ folder: z.string() })).output(nothing),
    /** Opens a folder of the project in the file manager of the machine that has the display. */
    showFolder: base.input(z.object({ path: z.string() })).output(nothing),
  },
  project: {
    /** Begins a project in a new or empty folder. */
    create: base.input(z.object({ folder: z.string(), name: z.string().optional() })).output(nothing),
    open: base.input(z.object({ folder: z.string() })).output(nothing),
    /** Makes a project of the bundled sample world, or opens the one made before. */
    openSample: base.output(nothing),
    /** Refused while a run goes on. */
    close: base.output(nothing),
    /** Changes settings or sources as one undoable change; refused as a whole where a value is invalid. */
    update: base.input(projectChangeSchema).output(nothing),
    undo: base.output(nothing),
    redo: base.output(nothing),
    /** The command line that does what the window would do. */
    commandLine: base.input(z.object({ until: step })).output(z.string()),
  },
  places: {
    /** Native dialog; null where it was closed. Desktop only. */
    choose: base
      .input(z.object({ kind: placeKindSchema, multiple: z.boolean().default(false) }))
      .output(z.array(z.string()).nullable()),
    /** Lists a folder inside the allowed roots. Served only. */
    browse: base
      .input(z.object({ path: z.string().nullable(), kind: placeKindSchema }))
      .output(folderListingSchema),
    /** Makes a folder inside the allowed roots. Served only. */
    makeFolder: base.input(z.object({ parent: z.string(), name: z.string() })).output(z.string()),
    space: base.input(z.object({ path: z.string() })).output(spaceSchema),
  },
  sources: {
    /** What is in the GEDI inputs. */
    inspect: base.output(granuleInspectionSchema),
    /** Reads what an imagery source offers. */
    check: base
      .input(
        z.object({
          source: z.string(),
          demSource: z.string().nullable(),
          landcoverSource: z.string().nullable(),
        }),
      )
      .output(sourceCheckSchema),
  },
  explore: {
    /** Loads the footprints of a layer, reading granules into the project where that was not done; ends with `loaded`. */
    open: base.input(z.object({ layer })).output(eventIterator(layerStateSchema)),
    /** Counts and histograms under settings that need not be the project's. */
    filter: base.input(z.object({ settings: settingsSchema })).output(filterCountsSchema),
    record: base.input(z.object({ layer, row: z.int() })).output(exploreRecordSchema),
    /** States of the subset's footprints as they are now; tiles made from now on show them. */
    states: base.output(stateCountsSchema.extend({ revision: z.int() })),
    /** Scenes that the plan cuts from. */
    scenes: base.output(z.array(sceneOutlineSchema)),
    distribution: base
      .input(z.object({ split, table: z.enum(['combined', 'subset']) }))
      .output(distributionSchema.nullable()),
  },
  run: {
    /** The run's state: the present one first, then every change. */
    watch: base.output(eventIterator(runStateSchema)),
    /** Lines of the log; `fresh` says that they replace all before: at the beginning, and for another project. */
    log: base.output(eventIterator(z.object({ fresh: z.boolean(), lines: z.array(logEntrySchema) }))),
    /** Refused while tasks of the project are on a cluster, unless it may cut beside them. */
    start: base
      .input(z.object({ until: step, restartFrom: step.nullable(), besideJobs: z.boolean().default(false) }))
      .output(nothing),
    /** Finishes what is in flight and begins nothing new. */
    pause: base.output(nothing),
    resume: base.output(nothing),
    /** Stops within 2 s; what is finished stays. */
    cancel: base.output(nothing),
    preflight: base.output(z.array(preflightItemSchema)),
  },
  cluster: {
    /** The project on a Slurm cluster: the present state first, then every change for as long as somebody follows. */
    state: base.output(eventIterator(clusterStateSchema)),
    /** Plans what is not planned, and submits what is not done. */
    submit: base
      .input(z.object({ restartFrom: step.nullable() }))
      .output(z.object({ jobs: z.int().nonnegative() })),
    /** Ends what waits or runs; finished batches stay. */
    cancel: base.output(nothing),
    /** The command line that submits the project. */
    commandLine: base.output(z.string()),
  },
  patches: {
    list: base
      .input(
        z.object({
          split: split.nullable(),
          /** Samples of this file instead of the batches. */
          file: sampleFileSchema.nullable().default(null),
          order: patchOrderSchema.default('file'),
          descending: z.boolean().default(false),
          filters: patchFiltersSchema.default({}),
          offset: z.int().nonnegative().default(0),
          limit: z.int().min(1).max(LARGEST_PAGE).default(1000),
          /** Samples whose places in this order are asked for too. */
          find: z.array(sampleRefSchema).max(4).default([]),
        }),
      )
      .output(
        z.object({
          /** Samples that the filters leave, and all of them. */
          total: z.int(),
          of: z.int(),
          samples: z.array(gridSampleSchema),
          /** Places of the samples of `find`, from 0; null for those that are gone. */
          found: z.array(z.int().nullable()),
          faults: z.array(serializedErrorSchema),
          /** What a file that is no batch lacks of a dataset, a line each. */
          missing: z.array(z.string()),
          /** Changes when any file was written anew. */
          version: z.string(),
        }),
      ),
    detail: base.input(sampleRefSchema).output(patchDetailSchema),
    /** Takes an HDF5 file that was chosen or dropped; its samples are then listed under the key. */
    openFile: base.input(z.object({ path: z.string() })).output(openedFileSchema),
    /** Looks for suspects in some more of the samples; called until all are done. */
    measure: base
      .input(z.object({ split: split.nullable(), file: sampleFileSchema.nullable() }))
      .output(patchMeasuredSchema),
  },
  review: {
    /** All marks first, then those that change, with counts and what undo would do. */
    watch: base.output(eventIterator(reviewStateSchema)),
    /** Marks samples as one step of undo; without `reasons` they keep those they have, without `mark` they lose theirs. */
    mark: base
      .input(
        z.object({
          samples: z.array(markedSampleSchema).max(MOST_MARKED),
          mark: z.enum(MARKS).nullable(),
          reasons: z.array(reviewReasonSchema).nullable().default(null),
          /** Whether this belongs to the step of the request before: what is too much for one. */
          joins: z.boolean().default(false),
        }),
      )
      .output(nothing),
    undo: base.output(nothing),
    redo: base.output(nothing),
    /** Takes away the marks that do not apply any more. */
    forgetUnmatched: base.output(nothing),
  },
  datasets: {
    /** How near test is to train: of the datasets, or of subset tables that are newer; null where there are neither. */
    leakage: base.output(leakageSchema.nullable()),
    list: base.output(z.array(datasetFileSchema)),
    /** The files that describe the datasets, as far as there are any. */
    card: base.output(z.array(z.enum(CARD_FILES))),
    /** Reads a dataset file from end to end and looks for faults. */
    verify: base
      .input(z.object({ split }))
      .output(z.object({ samples: z.int(), problems: z.array(z.string()), seconds: z.number() })),
  },
}

/** The stage that a menu command shows; null for other commands. */
export function stageOfCommand(command: MenuCommand): z.infer<typeof stageSchema> | null {
  const parsed = stageSchema.safeParse(command)
  return parsed.success ? parsed.data : null
}
