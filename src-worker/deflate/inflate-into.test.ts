import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inflateInto } from './inflate-into'

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251)
const stream = deflateSync(bytes)

describe('a zlib stream inflated into memory that is there', () => {
  it('needs no new memory in this version of Node', () => {
    const large = deflateSync(new Uint8Array(4 << 20))
    const output = new Uint8Array((4 << 20) + 1)
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 10; i++) inflateInto(large, output)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20)
  })

  it('gives the bytes that went in and leaves the rest of the memory alone', () => {
    const output = new Uint8Array(6000).fill(7)
    expect(inflateInto(stream, output)).toBe(5000)
    expect(output.subarray(0, 5000)).toEqual(bytes)
    expect(output.subarray(5000).every((byte) => byte === 7)).toBe(true)
  })

  it('fills memory that is too small', () => {
    const output = new Uint8Array(100)
    expect(inflateInto(stream, output)).toBe(100)
    expect(output).toEqual(bytes.subarray(0, 100))
  })

  it.each([
    ['that was cut short', stream.subarray(0, -6), /unexpected end/],
    ['whose checksum is wrong', damaged(stream.length - 1), /incorrect data check/],
    ['that is none', Uint8Array.from([1, 2, 3]), /incorrect header/],
    ['of no bytes', new Uint8Array(0), /unexpected end/],
  ])('refuses a stream %s, and takes the next one', (_, stored, message) => {
    expect(() => inflateInto(stored, new Uint8Array(5001))).toThrow(message)
    expect(inflateInto(stream, new Uint8Array(5001))).toBe(5000)
  })
})

function damaged(at: number): Uint8Array {
  const copy = Uint8Array.from(stream)
  copy[at] ^= 1
  return copy
}
