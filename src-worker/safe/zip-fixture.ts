import { writeFileSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a test's archive. */
export interface TestEntry {
  name: string
  content: string | Uint8Array
  deflated?: boolean
  encrypted?: boolean
  link?: boolean
  /** What the archive says the size and checksum are, where that is not true. */
  claimedSize?: number
  claimedCrc?: number
}

/** Writes a zip archive entry by entry, with every fault that is asked for. (PKWARE APPNOTE 6.3.) */
export function writeZip(path: string, entries: readonly TestEntry[]): string {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const packed = entry.deflated === true ? deflateRawSync(content) : content
    // What is encrypted has 12 more bytes in front.
    const data = entry.encrypted === true ? Buffer.concat([Buffer.alloc(12), packed]) : packed
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(entry.encrypted === true ? 1 : 0, 2)
    common.writeUInt16LE(entry.deflated === true ? 8 : 0, 4)
    common.writeUInt32LE(entry.claimedCrc ?? crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(entry.claimedSize ?? content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(entry.link === true ? 0o120777 * 65536 : 0o100644 * 65536, 6)
    place.writeUInt32LE(offset, 10)
    local.push(Buffer.from('PK\x03\x04'), common, name, data)
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, place, name)
    offset += 4 + common.length + name.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  writeFileSync(path, Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]))
  return path
}
