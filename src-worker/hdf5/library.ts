import { fstatSync } from 'node:fs'
import { ready } from 'h5wasm/node'

/** The WebAssembly build of libhdf5 with its low-level functions, as h5wasm types them. */
export type Hdf5Module = Awaited<typeof ready>

/**
 * libhdf5 reports most failures only through its error stack: many functions of h5wasm drop the status, and the
 * stack is printed to the terminal by default. Here the print is caught instead, so that every call can be asked
 * what went wrong, and nothing reaches the terminal. (h5wasm's throwing error handler would leave C++ frames half
 * way, with the data set and the file open for ever.)
 */
export interface Hdf5Library {
  readonly module: Hdf5Module
  /**
   * Runs calls into libhdf5 and returns their value with what libhdf5 had to complain about meanwhile: an empty
   * string when all went well. Not to be nested.
   * @throws what `calls` throws; h5wasm throws plain errors for some missing objects.
   */
  run<T>(calls: (module: Hdf5Module) => T): { value: T; complaint: string }
  /** What libhdf5 complained about since the last `run` began, for when its calls threw. */
  readonly complaint: () => string
}

/** The two functions of Emscripten's file layer that are replaced. */
interface FileLayer {
  write(
    stream: FileStream,
    buffer: Uint8Array | Int8Array,
    offset: number,
    length: number,
    at?: number,
  ): number
  fstat(fd: number): { ino: number | bigint }
  getStream(fd: number): FileStream | null
}

interface FileStream {
  fd: number
  nfd: number
}

/** A runaway error stack is cut off here, characters. */
const LONGEST_COMPLAINT = 20_000
const STDERR = 2

let library: Promise<Hdf5Library> | undefined

/** Loads libhdf5 once per process. */
export function loadHdf5(): Promise<Hdf5Library> {
  library ??= ready.then(prepare)
  return library
}

function prepare(module: Hdf5Module): Hdf5Library {
  const files = fileLayer(module.FS)
  exactInodes(files)
  const complaint = captureStderr(files)
  return {
    module,
    run(calls) {
      complaint.clear()
      const value = calls(module)
      return { value, complaint: complaint.text() }
    },
    complaint: complaint.text,
  }
}

/** Turns what libhdf5 prints on its standard error into text that can be asked for. */
function captureStderr(files: FileLayer): { clear: () => void; text: () => string } {
  const write = files.write.bind(files)
  let text = ''
  files.write = (stream, buffer, offset, length, at) => {
    if (stream.fd !== STDERR) return write(stream, buffer, offset, length, at)
    if (text.length < LONGEST_COMPLAINT) {
      text += Buffer.from(buffer.buffer, buffer.byteOffset + offset, length).toString('utf8')
    }
    return length
  }
  return { clear: () => (text = ''), text: () => text }
}

/**
 * libhdf5 takes two open files with the same device and inode number for one, and Emscripten passes inode numbers
 * as doubles. Numbers above 2^53, usual on Lustre, would make different files look the same, and one would be read
 * as the other.
 */
export function exactInodes(files: Pick<FileLayer, 'fstat' | 'getStream'>): void {
  const fstat = files.fstat.bind(files)
  files.fstat = (fd) => {
    const stat = fstat(fd)
    const stream = files.getStream(fd)
    if (stream !== null && !Number.isSafeInteger(Number(stat.ino))) {
      stat.ino = BigInt.asIntN(64, fstatSync(stream.nfd, { bigint: true }).ino)
    }
    return stat
  }
}

function fileLayer(candidate: unknown): FileLayer {
  if (!isFileLayer(candidate))
    throw new Error('h5wasm has changed its file layer; version 0.10.3 is expected')
  return candidate
}

function isFileLayer(candidate: unknown): candidate is FileLayer {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    ['write', 'fstat', 'getStream'].every((name) => typeof Reflect.get(candidate, name) === 'function')
  )
}
