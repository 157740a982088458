import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { J2KDecoder } from '@cornerstonejs/codec-openjpeg/decodewasmjs'

/** A decoder with memory of its own, and what it complained about since it was asked last. */
interface Instance {
  decoder: J2KDecoder
  complaints: string[]
}

/** Pixels of a decoded codestream: one byte each up to 8 bits, else two, in the machine's order. */
export interface DecodedFrame {
  width: number
  height: number
  bits: number
  bytes: Uint8Array
}

const COMPLAINT = /^\[(?:WARNING|ERROR)\]/
let running: Promise<Instance> | null = null

/**
 * Decodes a JPEG 2000 codestream of one component. One decoder serves the whole process and is started with the first
 * codestream; after a fault it is thrown away with its memory, and the next codestream gets a new one.
 * @returns Pixels in a buffer of their own.
 * @throws Error where the codestream is damaged, also where only a part of it is: the decoder's warnings count.
 */
export async function decodeCodestream(codestream: readonly Uint8Array[]): Promise<DecodedFrame> {
  running ??= start()
  const instance = await running
  try {
    return decode(instance, codestream)
  } catch (error) {
    running = null
    const said = instance.complaints.splice(0).join('; ')
    throw said === '' ? error : new Error(said, { cause: error })
  }
}

function decode({ decoder, complaints }: Instance, codestream: readonly Uint8Array[]): DecodedFrame {
  complaints.length = 0
  const encoded = decoder.getEncodedBuffer(codestream.reduce((sum, part) => sum + part.length, 0))
  let filled = 0
  for (const part of codestream) {
    encoded.set(part, filled)
    filled += part.length
  }
  decoder.decode()
  if (complaints.length > 0) throw new Error('it was decoded with faults')
  const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo()
  if (componentCount !== 1 || isSigned) throw new Error('it holds something else than one unsigned band')
  return { width, height, bits: bitsPerSample, bytes: new Uint8Array(decoder.getDecodedBuffer()) }
}

async function start(): Promise<Instance> {
  const complaints: string[] = []
  const hear = (line: string): void => {
    if (COMPLAINT.test(line)) complaints.push(line)
  }
  const { default: openJpeg } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs')
  const wasm = createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/decodewasm')
  const module = await openJpeg({ print: hear, printErr: hear, wasmBinary: await readFile(wasm) })
  return { decoder: new module.J2KDecoder(), complaints }
}
