import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { recentProjectSchema, type RecentProject } from '../../src-shared/api/studio-state'
import { writeDurably } from '../../src-worker/files/durable-file'

/** Projects that the list holds. */
const KEPT = 12

const fileSchema = z.array(recentProjectSchema.omit({ exists: true }))
type Entry = z.infer<typeof fileSchema>[number]

/** The projects that a person opened lately, in a file of the person's own. */
export class RecentProjects {
  private entries: Entry[] = []
  private readonly file: string

  constructor(dataFolder: string) {
    this.file = join(dataFolder, 'recent-projects.json')
  }

  /** Reads the list; a damaged one is begun anew. */
  async load(): Promise<void> {
    try {
      this.entries = fileSchema.parse(JSON.parse(await readFile(this.file, 'utf8')))
    } catch {
      this.entries = []
    }
  }

  /** The list, newest first, each with whether it is still there. */
  async list(): Promise<RecentProject[]> {
    return Promise.all(
      this.entries.map(async (entry) => ({
        ...entry,
        exists: await access(join(entry.folder, 'project.json')).then(
          () => true,
          () => false,
        ),
      })),
    )
  }

  get folders(): string[] {
    return this.entries.map(({ folder }) => folder)
  }

  /** Puts a project first. */
  async note(entry: Entry): Promise<void> {
    this.entries = [entry, ...this.entries.filter(({ folder }) => folder !== entry.folder)].slice(0, KEPT)
    await this.save()
  }

  async forget(folder: string): Promise<void> {
    this.entries = this.entries.filter((entry) => entry.folder !== folder)
    await this.save()
  }

  /** The list is a convenience: that it cannot be kept stops nobody. */
  private async save(): Promise<void> {
    await writeDurably(this.file, JSON.stringify(this.entries, null, 2)).catch(() => undefined)
  }
}
