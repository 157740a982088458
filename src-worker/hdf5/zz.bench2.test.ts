import { test } from 'vitest'
import { createSamplesFile } from './samples-file'
import { madeSamples } from './sample-fixtures'
import { fuseSamples } from './fuse'
import { verifyDataset } from './verify'
import { datasetStatistics } from './statistics'
import { quietContext } from '../process/context'
import { SampleColumns } from './sample-columns'
import { rmSync, mkdirSync } from 'node:fs'
test('w', async () => {
  mkdirSync('/tmp/h5t/f', { recursive: true })
  const P = 50,
    S = 200,
    N = P * S
  const all = madeSamples(N)
  const parts = []
  const perm = Array.from({ length: N }, (_, i) => (i * 7919) % N)
  let t = performance.now()
  for (let p = 0; p < P; p++) {
    const c = new SampleColumns(S)
    const indices = perm.slice(p * S, (p + 1) * S)
    for (const i of indices) c.appendFrom(all, i, 1)
    const f = await createSamplesFile(`/tmp/h5t/f/${p}.h5`, { compression: 1, attributes: {} })
    f.append(c)
    await f.close()
    parts.push({ path: `/tmp/h5t/f/${p}.h5`, indices })
  }
  const lap = (n: string) => {
    const d = performance.now() - t
    console.log(
      n,
      ((N / d) * 1000).toFixed(0),
      'samples/s',
      (process.memoryUsage().rss / 1e6).toFixed(0),
      'MB rss',
    )
    t = performance.now()
  }
  lap('write batches')
  await fuseSamples(parts, '/tmp/h5t/f/out.h5', { compression: 1, attributes: {} }, quietContext())
  lap('fuse')
  console.log(await verifyDataset('/tmp/h5t/f/out.h5', quietContext()))
  lap('verify')
  await datasetStatistics('/tmp/h5t/f/out.h5', quietContext())
  lap('stats')
  rmSync('/tmp/h5t/f', { recursive: true })
})
test('out', async () => {
  for (const s of ['train', 'test']) {
    console.log(s + ' samples', await verifyDataset(`out/sample/${s}_dataset.h5`, quietContext()))
    console.log(
      'samples',
      JSON.stringify(await datasetStatistics(`out/sample/${s}_dataset.h5`, quietContext())).slice(0, 1500),
    )
  }
})
