import { expect, it } from 'vitest'
import { httpsHref } from './bucket-href'

it.each([
  ['s3://some-bucket/a/b.tif', 'https://some-bucket.s3.amazonaws.com/a/b.tif'],
  ['s3://some.bucket/a.tif', 'https://s3.amazonaws.com/some.bucket/a.tif'],
  ['s3://sentinel-cogs/x.tif', 'https://sentinel-cogs.s3.us-west-2.amazonaws.com/x.tif'],
  ['s3://copernicus-dem-30m/x.tif', 'https://copernicus-dem-30m.s3.eu-central-1.amazonaws.com/x.tif'],
  ['s3://bucket/a b/c+d.tif', 'https://bucket.s3.amazonaws.com/a%20b/c%2Bd.tif'],
  ['gs://bucket/key/a.jp2', 'https://storage.googleapis.com/bucket/key/a.jp2'],
  ['https://host/a.tif?x=1', 'https://host/a.tif?x=1'],
  ['http://host/a.tif', 'http://host/a.tif'],
  ['ftp://host/a.tif', null],
  ['file:///a.tif', null],
  ['/data/a.tif', null],
  ['a.tif', null],
])('maps %s to %s', (href, expected) => {
  expect(httpsHref(href)).toBe(expected)
})
