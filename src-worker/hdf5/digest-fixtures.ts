import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { PYTHON } from '../../e2e/tools'
import { isNumericType } from './element-type'
import type { Hdf5Reader } from './file-reader'

/** Paths of all datasets of a file. */
function datasets(file: Hdf5Reader, group = ''): string[] {
  return file.names(group === '' ? '/' : group).flatMap((name) => {
    const path = group === '' ? name : `${group}/${name}`
    return file.hasDataset(path) ? [path] : datasets(file, path)
  })
}

/** Digest of every dataset's bytes or texts, by path. */
export function digests(file: Hdf5Reader): Record<string, string> {
  return Object.fromEntries(
    datasets(file)
      .filter((path) => file.elementType(path) !== 'other')
      .map((path) => [path, digest(file, path)]),
  )
}

function digest(file: Hdf5Reader, path: string): string {
  const hash = createHash('sha1').update(`${file.elementType(path)} ${file.shape(path).join()} `)
  if (isNumericType(file.elementType(path))) return hash.update(file.read(path)).digest('hex')
  return hash.update(file.readStrings(path).join('\\0')).digest('hex')
}

const H5PY_DIGESTS = `
import h5py, hashlib, json, sys, numpy as np
out = {}
def walk(g, p):
    for k in g:
        o = g[k]; q = p + k
        if isinstance(o, h5py.Group): walk(o, q + '/'); continue
        text = h5py.check_string_dtype(o.dtype)
        if o.dtype.kind not in 'iuf' and text is None: continue
        v = o[()]
        kind = 'string' if text is not None else o.dtype.newbyteorder('<').name
        h = hashlib.sha1(('%s %s ' % (kind, ','.join(map(str, o.shape)))).encode())
        if text is None: h.update(np.ascontiguousarray(v, o.dtype.newbyteorder('<')).tobytes())
        else: h.update(b'\\\\0'.join(np.asarray(v, object).ravel().tolist()))
        out[q] = h.hexdigest()
walk(h5py.File(sys.argv[1]), '')
print(json.dumps(out))`

/** The same digests, made by h5py. */
export function h5pyDigests(path: string): unknown {
  return JSON.parse(execFileSync(PYTHON, ['-c', H5PY_DIGESTS, path], { encoding: 'utf8' }))
}
