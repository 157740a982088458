import type { Scene } from '../../src-shared/catalog/scene'
import { BANDS, PATCH_PIXELS } from '../../src-shared/dataset/bands'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { cutBand, sortByBlock } from './cut-bands'
import type { CutEnvironment, CutItem, CutOutcome } from './cut-item'
import { cutLandcover, cutTerrain, type TileLayer } from './cut-tiles'
import { checkScl, countClasses } from './scl-check'

interface Draft extends CutItem {
  item: CutItem
  bands: Uint16Array
}

/**
 * Cuts the samples of footprints that share a scene, in the order that spares most work: scene classification
 * first, then terrain, then land cover, and the eleven other bands for what is left. Every item ends as a
 * sample, a rejection, or a failure (something could not be read); samples come in the order of their blocks.
 */
export async function cutScene(
  scene: Scene,
  items: readonly CutItem[],
  environment: CutEnvironment,
): Promise<CutOutcome> {
  const rejected: CutOutcome['rejected'] = []
  const failed: CutOutcome['failed'] = []
  const verdict: Verdict = {
    reject: ({ item }, reason) => rejected.push({ item, reason }),
    fail: ({ item }, error) => failed.push({ item, error }),
  }
  const drafts = sortByBlock(items).map((item): Draft => ({
    ...item,
    item,
    bands: new Uint16Array(BANDS.length * PATCH_PIXELS),
  }))
  const classified = await cutOneBand(scene, 0, drafts, verdict, environment)
  const clear = classified.flatMap((draft) => {
    const scl = layerOf(draft, 0)
    const sclCounts = countClasses(scl)
    const reason = checkScl(scl, sclCounts, environment.settings)
    if (reason !== null) verdict.reject(draft, reason)
    return reason === null ? [{ ...draft, sclCounts }] : []
  })
  const terrain = await cutTerrain(scene, clear, environment)
  const level = withLayer(clear, terrain, verdict).map(({ draft, layer }) => ({
    ...draft,
    terrain: layer.pixels,
    demTile: layer.tile,
  }))
  const landcover = await cutLandcover(scene, level, environment)
  let samples = withLayer(level, landcover, verdict).map(({ draft, layer }) => ({
    ...draft,
    landcover: layer.pixels,
    landcoverTile: layer.tile,
  }))
  const { bands: atOnce } = environment.pace
  for (let band = 1; band < BANDS.length && samples.length > 0; band += atOnce) {
    const bands = BANDS.slice(band, band + atOnce).map((_, i) => band + i)
    samples = await cutSomeBands(scene, bands, samples, verdict, environment)
  }
  return { samples, rejected, failed }
}

interface Verdict {
  reject: (draft: Draft, reason: RejectionReason) => void
  fail: (draft: Draft, error: StudioError) => void
}

function layerOf(draft: Draft, band: number): Uint16Array {
  return draft.bands.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS)
}

/** Cuts a band into the drafts and returns those for which that worked. */
function cutOneBand<D extends Draft>(
  scene: Scene,
  band: number,
  drafts: D[],
  verdict: Verdict,
  environment: CutEnvironment,
): Promise<D[]> {
  return cutSomeBands(scene, [band], drafts, verdict, environment)
}

/** As cutOneBand for several bands at the same time; a draft fails of the first band in order that fails it. */
async function cutSomeBands<D extends Draft>(
  scene: Scene,
  bands: readonly number[],
  drafts: D[],
  { fail }: Verdict,
  environment: CutEnvironment,
): Promise<D[]> {
  const perBand = await Promise.all(bands.map((band) => failuresOfBand(scene, band, drafts, environment)))
  const failures = new Map<D, StudioError>()
  for (const failed of perBand.reverse()) for (const [draft, error] of failed) failures.set(draft, error)
  for (const [draft, error] of failures) fail(draft, error)
  return failures.size === 0 ? drafts : drafts.filter((draft) => !failures.has(draft))
}

async function failuresOfBand<D extends Draft>(
  scene: Scene,
  band: number,
  drafts: readonly D[],
  environment: CutEnvironment,
): Promise<Map<D, StudioError>> {
  const failures = new Map<D, StudioError>()
  const failOne = (draft: D, error: StudioError): void => {
    failures.set(draft, error)
  }
  try {
    await cutBand(scene, band, drafts, (draft) => layerOf(draft, band), failOne, environment)
  } catch (thrown) {
    const error = toStudioError(thrown)
    if (error.tag === 'cancelled' || error.tag === 'internal') throw error
    for (const draft of drafts) failOne(draft, error)
  }
  return failures
}

/** Drafts whose layer could be cut, with it; the others are rejected or failed. */
function withLayer<D extends Draft, Pixels>(
  drafts: readonly D[],
  layers: Map<D, TileLayer<Pixels> | RejectionReason | StudioError>,
  { reject, fail }: Verdict,
): { draft: D; layer: TileLayer<Pixels> }[] {
  return drafts.flatMap((draft) => {
    const layer = layers.get(draft)
    if (layer === undefined) throw new Error(`no outcome for shot ${draft.footprint.shotNumber}`)
    if (typeof layer === 'string') reject(draft, layer)
    else if (layer instanceof StudioError) fail(draft, layer)
    else return [{ draft, layer }]
    return []
  })
}
