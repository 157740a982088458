import { StudioError } from '../../src-shared/errors/studio-error'
import { pause } from '../hdf5/pause'
import { UnsteadyFile } from './file-version'
import type { KnownFile } from './known-files'
import { readSampleBlock, type SampleBlock } from './sample-block'
import type { SampleFile } from './sample-file'
import type { SampleFiles } from './sample-files'

/** Blocks of a thousand rows that are kept: half a million samples, about 25 MB. */
const MOST_BLOCKS = 500

/** A file could not be read while its samples were listed. */
export class FileFault extends Error {
  constructor(
    readonly file: KnownFile,
    readonly fault: StudioError,
  ) {
    super(fault.message)
  }
}

/** Reads the small columns of files block by block, and keeps those that were used last. */
export class SampleBlocks {
  private readonly blocks = new Map<string, SampleBlock>()
  private readonly files: SampleFiles

  constructor(files: SampleFiles) {
    this.files = files
  }

  /**
   * Hands the blocks of one file with these numbers to `visit`, one by one, with the file itself.
   * @throws FileFault when the file cannot be read; StudioError `cancelled`
   */
  async visit(
    file: KnownFile,
    numbers: Iterable<number>,
    signal: AbortSignal,
    visit: (block: SampleBlock, number: number, open: SampleFile) => void,
  ): Promise<void> {
    try {
      const visitAll = async (open: SampleFile): Promise<void> => {
        if (open.version !== file.version) throw changed(file)
        for (const number of numbers) {
          await pause(signal)
          visit(this.block(open, number, file.partly), number, open)
        }
      }
      await this.files.use(file.file, visitAll, file.partly)
    } catch (error) {
      if (error instanceof StudioError && error.tag !== 'cancelled') throw new FileFault(file, error)
      throw error
    }
  }

  private block(open: SampleFile, number: number, partly: boolean): SampleBlock {
    const key = `${partly ? 'partly' : 'whole'} ${open.reader.path}\n${open.version}\n${number}`
    const block = this.blocks.get(key) ?? readSampleBlock(open, number, partly)
    this.blocks.delete(key)
    this.blocks.set(key, block)
    const [oldest] = this.blocks.keys()
    if (this.blocks.size > MOST_BLOCKS) this.blocks.delete(oldest)
    return block
  }
}

function changed({ file }: KnownFile): StudioError {
  return new UnsteadyFile('hdf5-read', 'The file was rewritten while its samples were listed.', {
    file,
    hint: 'List the samples again.',
  })
}
