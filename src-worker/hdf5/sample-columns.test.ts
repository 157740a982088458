import { describe, expect, it } from 'vitest'
import { bytesPerSample, DATASETS } from '../../src-shared/dataset/datasets'
import { SampleColumns } from './sample-columns'
import { madeSamples } from './sample-fixtures'

describe('samples column by column', () => {
  it('hold bytes of the documented types, little-endian', () => {
    const columns = new SampleColumns(2)
    columns.append()
    const i = columns.append()
    columns.uint16('Sentinel-2 L2A', i)[0] = 0x1234
    columns.setInt64('GEDI Shot Number', i, 2n ** 62n + 1n)
    columns.setString('S2 SCL Stats', i, 1, '0.2500')
    expect([...columns.bytes('Sentinel-2 L2A', 1).subarray(0, 2)]).toEqual([0x34, 0x12])
    expect([...columns.bytes('GEDI Shot Number').subarray(8)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0x40])
    expect(Buffer.from(columns.bytes('S2 SCL Stats', 1).subarray(32, 39)).toString('latin1')).toBe('0.2500\0')
    for (const spec of DATASETS) expect(columns.bytes(spec.name)).toHaveLength(2 * bytesPerSample(spec))
  })

  it('begin as zeros, also where a dropped sample was before', () => {
    const columns = madeSamples(1)
    columns.clear()
    columns.append()
    for (const spec of DATASETS) expect(columns.bytes(spec.name).every((byte) => byte === 0)).toBe(true)
  })

  it('overwrite a longer text whole, and take one of exactly the full length', () => {
    const columns = new SampleColumns(1)
    columns.append()
    columns.setString('CRS', 0, 0, 'x'.repeat(16))
    expect(columns.string('CRS', 0)).toBe('x'.repeat(16))
    columns.setString('CRS', 0, 0, 'EPSG:32632')
    expect(columns.string('CRS', 0)).toBe('EPSG:32632')
    expect(
      columns
        .bytes('CRS')
        .subarray(10)
        .every((byte) => byte === 0),
    ).toBe(true)
  })

  it.each([
    ['longer than its dataset allows', 'x'.repeat(17)],
    ['not plain ASCII', 'Zürich'],
    ['cut by a zero byte', 'a\0b'],
  ])('refuse a text that is %s', (_, text) => {
    const columns = new SampleColumns(1)
    columns.append()
    expect(() => columns.setString('CRS', 0, 0, text)).toThrow(
      expect.objectContaining({ tag: 'hdf5-write', context: { dataset: 'CRS', value: text } }),
    )
  })

  it('refuse a number that needs more than 64 bits with sign', () => {
    const columns = new SampleColumns(1)
    columns.append()
    expect(() => columns.setInt64('GEDI Shot Number', 0, 2n ** 63n)).toThrow('does not fit')
    columns.setInt64('GEDI Shot Number', 0, 2n ** 63n - 1n)
    expect(columns.int64('GEDI Shot Number', 0)).toBe(2n ** 63n - 1n)
  })

  it('keep the samples that are named and drop the others', () => {
    const columns = madeSamples(5)
    columns.keep([0, 2, 4])
    const expected = new SampleColumns(3)
    for (const i of [0, 2, 4]) expected.appendFrom(madeSamples(1, i), 0, 1)
    expect(columns.count).toBe(3)
    for (const { name } of DATASETS)
      expect(Buffer.compare(columns.bytes(name), expected.bytes(name)), name).toBe(0)
  })

  it('refuse a sample too many, and one that is not there', () => {
    const columns = madeSamples(2)
    expect(columns.isFull).toBe(true)
    expect(() => columns.append()).toThrow(RangeError)
    expect(() => columns.appendFrom(madeSamples(1), 0, 1)).toThrow(RangeError)
    expect(() => columns.float32('CopDEM', 2)).toThrow(RangeError)
    expect(() => columns.setString('S2 SCL Stats', 0, 24, 'x')).toThrow(RangeError)
  })
})
