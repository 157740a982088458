import { open } from 'node:fs/promises'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { ElementSplitter, PartTooLarge } from './element-splitter'

/** Bytes read at a time. */
const CHUNK = 1 << 18

/** How much of a JSON file was read before it ended or went wrong. */
export interface JsonRest {
  /** The parsed text with its `features` (or itself) emptied. */
  rest: unknown
  /** Elements handed out. */
  elements: number
}

/**
 * Reads a JSON file of any size: each element of its `features`, or of itself where it is an array, is parsed and
 * handed out on its own; the rest is returned. So a collection of 100,000 items takes the memory of one.
 * @returns null where the file is no JSON that a STAC document could be (a part of it is above 64 MB).
 * @throws StudioError `catalog-invalid` where the file cannot be read or is no JSON; elements before the fault have
 * been handed out by then.
 */
export async function readJsonElements(
  file: string,
  onElement: (element: unknown) => Promise<void>,
  signal: AbortSignal,
): Promise<JsonRest | null> {
  const splitter = new ElementSplitter()
  let elements = 0
  const handOut = async (): Promise<void> => {
    for (const text of splitter.elements.splice(0)) {
      await onElement(parse(text, file, elements))
      elements++
    }
  }
  for await (const chunk of chunksOf(file)) {
    throwIfCancelled(signal)
    try {
      splitter.push(chunk)
    } catch (error) {
      if (error instanceof PartTooLarge) return null
      throw error
    }
    await handOut()
  }
  return { rest: parse(splitter.rest(), file, elements), elements }
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    const handle = await open(file)
    try {
      for (;;) {
        const buffer = Buffer.allocUnsafe(CHUNK)
        const { bytesRead } = await handle.read(buffer, 0, CHUNK, null)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new StudioError('catalog-invalid', 'The file cannot be read.', {
      file,
      hint: 'Check that it exists and that you may read it.',
      cause,
    })
  }
}

function parse(text: string, file: string, before: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    const place = before === 0 ? '' : ` after ${counted(before, 'item')}; what comes before is used`
    throw new StudioError('catalog-invalid', `The file is damaged or no JSON${place}.`, {
      file,
      hint: 'Fetch or write it again.',
      cause,
    })
  }
}
