import { readFile, stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { z } from 'zod'
import { serializedErrorSchema, StudioError } from '../../src-shared/errors/studio-error'
import { STEPS, type Step } from '../../src-shared/run/steps'
import { writeDurably } from '../../src-worker/files/durable-file'
import type { ProjectPaths } from './project-paths'

const stepRecordSchema = z.object({
  step: z.enum(STEPS),
  /** Fingerprint of everything the results were made from. */
  key: z.string(),
  /** Result files, relative to the project, with their sizes in bytes. */
  outputs: z.array(z.object({ path: z.string(), bytes: z.int() })),
  seconds: z.number(),
  /** What the step reports. */
  summary: z.unknown(),
  /** Inputs it left out. */
  skipped: z.array(serializedErrorSchema),
})
export type StepRecord = z.infer<typeof stepRecordSchema>

const stepsFileSchema = z.object({
  formatVersion: z.literal(1),
  records: z.record(z.string(), stepRecordSchema),
})

/**
 * Which steps of a project are done, and what they were made from: `steps.json`. A step counts as done when its
 * key fits and its files are there in their size.
 */
export class StepsFile {
  private constructor(
    private readonly paths: ProjectPaths,
    private readonly records: Map<string, StepRecord>,
  ) {}

  /**
   * A file that was cut short with its machine counts as none: tables and plans are then made again, and finished
   * granules and batches are found by their own records.
   * @throws StudioError `project-invalid` where it is of another form, as of a newer version
   */
  static async open(paths: ProjectPaths): Promise<StepsFile> {
    let text: string
    try {
      text = await readFile(paths.steps, 'utf8')
    } catch {
      return new StepsFile(paths, new Map())
    }
    const data = jsonOrNull(text)
    if (data === null) return new StepsFile(paths, new Map())
    try {
      const { records } = stepsFileSchema.parse(data)
      return new StepsFile(paths, new Map(Object.entries(records)))
    } catch (cause) {
      throw new StudioError(
        'project-invalid',
        'The record of finished steps is of another form than this version writes.',
        {
          file: paths.steps,
          hint: 'Delete this file and run again; finished granules and batches are found again.',
          cause,
        },
      )
    }
  }

  /** Records that were made from something else than the keys say, by id. */
  stale(keys: Readonly<Record<string, string>>): StepRecord[] {
    return [...this.records]
      .filter(([id, { key }]) => Object.hasOwn(keys, id) && keys[id] !== key)
      .map(([, record]) => record)
  }

  /** The record of a step that is done: made from what the key says, its files there in their size. */
  async done(id: string, key: string): Promise<StepRecord | null> {
    const record = this.records.get(id)
    if (record?.key !== key) return null
    return (await this.lost(id)).length === 0 ? record : null
  }

  /** What has become of files of a step that are not as it left them, one phrase a file. */
  async lost(id: string): Promise<string[]> {
    const lost: string[] = []
    for (const { path, bytes } of this.records.get(id)?.outputs ?? []) {
      const found = await stat(resolve(this.paths.folder, path)).catch(() => null)
      if (found === null) lost.push(`${path} is missing`)
      else if (found.size !== bytes) lost.push(`${path} has ${found.size} of ${bytes} bytes`)
    }
    return lost
  }

  /** The record under an id, done or not. */
  get(id: string): StepRecord | undefined {
    return this.records.get(id)
  }

  /** Records a finished step with the sizes its files have now. */
  async finish(
    id: string,
    record: Omit<StepRecord, 'outputs'>,
    outputs: readonly string[],
  ): Promise<StepRecord> {
    const sized = await Promise.all(
      outputs.map(async (path) => ({
        path: relative(this.paths.folder, path),
        bytes: (await stat(path)).size,
      })),
    )
    const complete = { ...record, outputs: sized }
    this.records.set(id, complete)
    await this.write()
    return complete
  }

  /** Forgets the results of a step and of those after it. */
  async forgetFrom(step: Step): Promise<void> {
    const first = STEPS.indexOf(step)
    for (const [id, record] of this.records) {
      if (STEPS.indexOf(record.step) >= first) this.records.delete(id)
    }
    await this.write()
  }

  private async write(): Promise<void> {
    const file = { formatVersion: 1, records: Object.fromEntries(this.records) }
    await writeDurably(this.paths.steps, JSON.stringify(file, null, 1))
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
