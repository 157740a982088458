/** Regions of public buckets that the usual catalogs name; others answer at the address without a region. */
const REGIONS: ReadonlyMap<string, string> = new Map([
  ['sentinel-cogs', 'us-west-2'],
  ['copernicus-dem-30m', 'eu-central-1'],
  ['esa-worldcover', 'eu-central-1'],
])

const ADDRESS = /^([a-z0-9]+):\/\/([^/?#]+)(\/[^?#]*)?$/i

/**
 * The https address of a file that anyone may read: `s3://bucket/key` and `gs://bucket/key` at their public hosts,
 * http and https as they are, null for anything else (a path, another scheme).
 */
export function httpsHref(href: string): string | null {
  if (/^https?:\/\//i.test(href)) return href
  const match = ADDRESS.exec(href)
  if (match === null) return null
  const [, scheme, bucket, path = '/'] = match
  switch (scheme.toLowerCase()) {
    case 's3':
      return `${s3Address(bucket)}${encodePath(path)}`
    case 'gs':
      return `https://storage.googleapis.com/${bucket}${encodePath(path)}`
    default:
      return null
  }
}

/** Buckets with dots in their names have no certificate of their own and are addressed by path. */
function s3Address(bucket: string): string {
  const region = REGIONS.get(bucket)
  const host = region === undefined ? 's3.amazonaws.com' : `s3.${region}.amazonaws.com`
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`
}

/** Keys are plain text, not URLs: `%`, `+` and spaces in them are themselves. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
