import { cancelledError, StudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import type { Preset, Stretch } from '../../src-shared/patches/presets'
import type { PooledWorker } from '../workers/pooled-worker'

/** Thumbnails that were asked for while others are made are made together, so many of one file at most. */
const TOGETHER = 100

/** How the pictures of a file are drawn. */
export interface PictureLook {
  file: string
  partly: boolean
  preset: Preset
  stretch: Stretch
}

/** Pictures of one file that are asked for. */
interface WantedOfFile extends PictureLook {
  pictures: Wanted[]
}

interface Wanted {
  row: number
  signal: AbortSignal
  resolve: (png: Uint8Array) => void
  reject: (error: unknown) => void
}

/** Thumbnails that are asked for one by one and drawn together. */
export class PictureQueue {
  private readonly wanted = new Map<string, WantedOfFile>()
  private drawing = false

  /** @param stop ends the drawing of all */
  constructor(
    private readonly worker: PooledWorker,
    private readonly stop: AbortSignal,
  ) {}

  /**
   * A PNG of 32 x 32 pixels. Those of one file that are asked for at the same time are read together.
   * @param signal a picture that is no longer wanted is not drawn
   */
  draw(look: PictureLook, row: number, signal: AbortSignal): Promise<Uint8Array> {
    const { file, partly, preset, stretch } = look
    const key = JSON.stringify([file, partly, preset, stretch])
    return new Promise((done, reject) => {
      const same = this.wanted.get(key) ?? { ...look, pictures: [] }
      same.pictures.push({ row, signal, resolve: done, reject })
      this.wanted.set(key, same)
      if (this.drawing) return
      this.drawing = true
      setImmediate(() => void this.drawAll())
    })
  }

  /** Draws what is asked for file by file, those first that were asked for first. */
  private async drawAll(): Promise<void> {
    while (this.wanted.size > 0) {
      const [[key, { pictures, ...look }]] = this.wanted
      const some = pictures.splice(0, TOGETHER)
      if (pictures.length === 0) this.wanted.delete(key)
      await this.drawSome(look, some)
    }
    this.drawing = false
  }

  private async drawSome(look: PictureLook, some: readonly Wanted[]): Promise<void> {
    const pictures = some.filter(({ signal }) => !signal.aborted)
    for (const { signal, reject } of some) if (signal.aborted) reject(cancelledError())
    if (pictures.length === 0) return
    try {
      const rows = pictures.map(({ row }) => row)
      const listener = { signal: this.stop }
      const { images, faults } = await this.worker.run('patch-thumbnails', { ...look, rows }, listener)
      for (const [index, { row, resolve, reject }] of pictures.entries()) {
        const image = images[index]
        if (image !== null) resolve(image)
        else reject(faultOf(look.file, row, faults.find((fault) => fault.row === row)?.error))
      }
    } catch (thrown) {
      for (const { reject } of pictures) reject(thrown)
    }
  }
}

function faultOf(file: string, row: number, error: SerializedError | undefined): StudioError {
  if (error !== undefined) return StudioError.fromJSON(error)
  return new StudioError('hdf5-read', `Sample ${row} cannot be shown.`, {
    file,
    hint: 'Delete the batch file and run again; it is cut anew.',
  })
}
