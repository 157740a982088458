import { closeSync, openSync, readSync } from 'node:fs'

/** A file whose bytes can be read. */
export interface FileBytes {
  /** @throws RawFormatError when the file ends before */
  read(at: number, length: number): Buffer
}

/** The file, or a part of it, is not laid out in the way that is read here. It may be sound all the same. */
export class RawFormatError extends Error {}

/** The bytes of an HDF5 file, and the way through its groups to an object header, whatever the form of these is. */
export abstract class ObjectTree<Message> implements FileBytes {
  readonly fileDescriptor: number
  private readonly root: number
  private readonly groups = new Map<number, Map<string, number>>()

  /**
   * @param rootOf gives the address of the root's object header, from the superblock
   * @throws what `rootOf` throws; a system error when the file cannot be opened
   */
  protected constructor(
    path: string,
    mode: 'r' | 'r+',
    superblockBytes: number,
    rootOf: (superblock: Buffer) => number,
  ) {
    this.fileDescriptor = openSync(path, mode)
    try {
      this.root = rootOf(this.read(0, superblockBytes))
    } catch (error) {
      closeSync(this.fileDescriptor)
      throw error
    }
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    if (readSync(this.fileDescriptor, bytes, 0, length, at) !== length)
      throw new RawFormatError('the file ends early')
    return bytes
  }

  /** Messages of the object header of a group or dataset. @throws RawFormatError where there is none */
  messages(path: string): Message[] {
    let header = this.root
    for (const name of path.split('/').filter((part) => part !== '')) {
      const known = this.groups.get(header) ?? this.childrenOf(header)
      this.groups.set(header, known)
      const child = known.get(name)
      if (child === undefined) throw new RawFormatError(`there is no ${name}`)
      header = child
    }
    return this.messagesAt(header)
  }

  close(): void {
    closeSync(this.fileDescriptor)
  }

  protected abstract messagesAt(header: number): Message[]

  /** Addresses of the object headers in a group, by name; soft links are left out. */
  protected abstract childrenOf(header: number): Map<string, number>
}
