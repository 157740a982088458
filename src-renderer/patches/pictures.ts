import { pictureBatchAddress, picturesOf } from '../../src-shared/api/picture-batch'
import { PictureLoader } from './picture-loader'

/** The thumbnails of the window. */
export const pictures = new PictureLoader(async (samples, preset, stretch, signal) => {
  const response = await fetch(pictureBatchAddress(samples, preset, stretch), { signal, cache: 'no-store' })
  if (!response.ok) throw new Error(`The pictures were not sent: ${response.status}.`)
  return picturesOf(await response.text())
})
