import { PATCH_SIZE } from '../../src-shared/dataset/bands'
import { patchFileStem } from '../../src-shared/patches/geotiff-layers'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { PRESETS, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { renderPatch } from '../../src-shared/patches/render-patch'
import { saveFile } from '../charts/save-file'
import { enlarged } from './enlarged'

/** Edge of a pixel of the patch in the picture, px. */
const ENLARGEMENT = 8

/** Saves a patch under a preset as PNG of 256 x 256 pixels, named after the shot; without the footprint's circle. */
export async function savePatchPng(patch: PatchDetail, preset: Preset, stretch: Stretch): Promise<void> {
  const edge = PATCH_SIZE * ENLARGEMENT
  const canvas = document.createElement('canvas')
  canvas.width = edge
  canvas.height = edge
  const pixels = enlarged(renderPatch(patch, preset, stretch), PATCH_SIZE, ENLARGEMENT)
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, edge, edge), 0, 0)
  const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (png === null) throw new Error('the picture cannot be encoded')
  const stretched = PRESETS[preset].stretches ? `_${stretch}` : ''
  saveFile(`${patchFileStem(patch.shotNumber)}_${preset}${stretched}.png`, png)
}
