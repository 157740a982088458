import { geotiffAddress } from '../../src-shared/api/data-routes'
import type { SampleRef } from '../../src-shared/api/run-state'
import { serializedErrorSchema, StudioError } from '../../src-shared/errors/studio-error'
import { geotiffName, type GeotiffLayers } from '../../src-shared/patches/geotiff-layers'
import { saveFile } from '../charts/save-file'

/**
 * Saves a sample as GeoTIFF under the name of its shot.
 * @throws StudioError as the studio answers; `hdf5-read` where the batch was cut anew and has another shot there now
 */
export async function saveGeotiff(
  sample: SampleRef & { shotNumber: string },
  layers: GeotiffLayers,
): Promise<void> {
  const response = await fetch(geotiffAddress(sample, layers), { cache: 'no-store' })
  if (!response.ok) {
    const fault = serializedErrorSchema.safeParse(await response.json().catch(() => null))
    throw fault.success ? StudioError.fromJSON(fault.data) : gone()
  }
  const name = geotiffName(sample.shotNumber, layers)
  if (!(response.headers.get('Content-Disposition') ?? '').includes(`"${name}"`)) throw gone()
  saveFile(name, await response.blob())
}

function gone(): StudioError {
  return new StudioError('hdf5-read', 'The sample is no longer where it was.', {
    hint: 'Its batch was cut anew or removed; close the patch and open it again.',
  })
}
