import { execFileSync } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { optionalTool, PYTHON, REFERENCE_DIR } from '../../../e2e/tools'
import { readingCode } from './reading-code'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reading-'))
})
afterAll(() => rm(folder, { recursive: true }))

const SHOW = `
import json
print(json.dumps([list(bands.shape), float(bands.max()), list(scl.shape), list(altitude.shape), list(slope.shape),
  list(land_cover.shape), float(agbd), str(shot), product]))
`

it.skipIf(!optionalTool('h5py'))('the code reads a dataset as it says, whatever signs its path has', async () => {
  const path = join(folder, `a "quoted" \\ folder, Wälder.h5`)
  await copyFile(join(REFERENCE_DIR, 'sample-expected.h5'), path)
  // The reference holds both splits under their names, a dataset file one under `data`.
  const code = readingCode(path).replace('f["data"]', 'f["train/data"] if "train" in f else f["data"]')
  const [samples, shown] = execFileSync(PYTHON, ['-c', `${code}\n${SHOW}`], { encoding: 'utf8' }).split('\n')
  expect(samples).toMatch(/^\d+ samples$/)
  const [bands, highest, scl, altitude, slope, landCover, agbd, shot, product] = JSON.parse(shown) as unknown[]
  expect([bands, scl, altitude, slope, landCover]).toEqual([
    [11, 32, 32],
    [32, 32],
    [32, 32],
    [32, 32],
    [32, 32],
  ])
  expect(highest).toBeLessThan(2)
  expect(agbd).toBeGreaterThan(0)
  expect(shot).toMatch(/^\d{15,}$/)
  expect(product).toMatch(/^S2[AB]_MSIL2A_/)
})
