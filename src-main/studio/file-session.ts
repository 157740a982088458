import type { OpenedFile } from '../../src-shared/api/opened-file'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { SpawnWorker } from '../workers/worker-port'
import { PatchFiles } from './patch-files'

/** A file of samples that is looked at alone, without a project. */
export class FileSession {
  private constructor(
    readonly file: OpenedFile,
    readonly patches: PatchFiles,
  ) {}

  /**
   * Opens a file. Nothing is written, neither into it nor beside it.
   * @throws StudioError `hdf5-open`, `hdf5-read` where it is damaged or missing; `dataset-invalid` where it holds no samples
   */
  static async open(path: string, spawn: SpawnWorker): Promise<FileSession> {
    const patches = new PatchFiles(spawn, null)
    try {
      const file = patches.openFile(path)
      const first = { order: 'file', descending: false, filters: {}, offset: 0, limit: 1, find: [] } as const
      const { faults } = await patches.list({ split: null, file: file.file }, { ...first, find: [] })
      if (faults.length > 0) throw StudioError.fromJSON(faults[0])
      return new FileSession(file, patches)
    } catch (thrown) {
      patches.close()
      throw thrown
    }
  }

  close(): void {
    this.patches.close()
  }
}
