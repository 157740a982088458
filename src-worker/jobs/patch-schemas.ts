import { patchGeotiffRequestSchema, patchGeotiffSchema } from '../../src-shared/patches/geotiff-layers'
import { patchDetailRequestSchema, patchDetailSchema } from '../../src-shared/patches/patch-detail'
import {
  newestPatchesRequestSchema,
  newestPatchesSchema,
  patchListRequestSchema,
  patchPageSchema,
} from '../../src-shared/patches/patch-list'
import { patchMeasuredSchema, patchMeasureRequestSchema } from '../../src-shared/patches/patch-measure'
import { thumbnailsRequestSchema, thumbnailsSchema } from '../../src-shared/patches/thumbnails'

/** The jobs behind the grid of patches and the view of one patch. They read finished batch and dataset files. */
export const PATCH_JOBS = {
  /** A page of the samples of several files. */
  'patch-list': { input: patchListRequestSchema, output: patchPageSchema },
  /** A piece of what tells which samples are suspect. */
  'patch-measure': { input: patchMeasureRequestSchema, output: patchMeasuredSchema },
  /** The samples that were cut last. */
  'patch-newest': { input: newestPatchesRequestSchema, output: newestPatchesSchema },
  /** Pictures of samples of one file. */
  'patch-thumbnails': { input: thumbnailsRequestSchema, output: thumbnailsSchema },
  /** Everything about one sample. */
  'patch-detail': { input: patchDetailRequestSchema, output: patchDetailSchema },
  /** One sample as a GeoTIFF file. */
  'patch-geotiff': { input: patchGeotiffRequestSchema, output: patchGeotiffSchema },
} as const
