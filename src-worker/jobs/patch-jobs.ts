import { PatchList } from '../patches/patch-list'
import { readPatchDetail } from '../patches/patch-detail'
import { patchGeotiff } from '../patches/patch-geotiff'
import { SampleFiles } from '../patches/sample-files'
import { ThumbnailCache } from '../patches/thumbnail-cache'
import { drawThumbnails } from '../patches/thumbnails'
import type { JobContext } from '../process/context'
import type { JobInput, JobOutput } from './schemas'

/** Files kept open, and how long without use, milliseconds: long enough for scrolling, short enough not to be in the way. */
const OPEN_FILES = { limit: 16, idle: 5000 }

/** The files and lists of this worker process, over all its jobs. */
const files = new SampleFiles(OPEN_FILES)
const list = new PatchList(files)
const thumbnails = new ThumbnailCache()

/** @throws StudioError as PatchList.page */
export function runPatchList(
  input: JobInput<'patch-list'>,
  ctx: JobContext,
): Promise<JobOutput<'patch-list'>> {
  return list.page(input, ctx)
}

/** @throws StudioError as PatchList.measure */
export function runPatchMeasure(
  input: JobInput<'patch-measure'>,
  { signal }: JobContext,
): Promise<JobOutput<'patch-measure'>> {
  return list.measure(input, signal)
}

/** @throws StudioError as PatchList.newest */
export function runPatchNewest(
  input: JobInput<'patch-newest'>,
  { signal }: JobContext,
): Promise<JobOutput<'patch-newest'>> {
  return list.newest(input, signal)
}

/** @throws StudioError as drawThumbnails */
export function runPatchThumbnails(
  input: JobInput<'patch-thumbnails'>,
  { signal }: JobContext,
): Promise<JobOutput<'patch-thumbnails'>> {
  return drawThumbnails(files, input, signal, thumbnails)
}

/** @throws StudioError as readPatchDetail */
export function runPatchDetail(input: JobInput<'patch-detail'>): Promise<JobOutput<'patch-detail'>> {
  return readPatchDetail(files, input)
}

/** @throws StudioError as patchGeotiff */
export function runPatchGeotiff(input: JobInput<'patch-geotiff'>): Promise<JobOutput<'patch-geotiff'>> {
  return patchGeotiff(files, input)
}
