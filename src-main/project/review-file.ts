import { readFile, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import {
  REVIEW_FORMAT,
  reviewFileSchema,
  reviewMarkSchema,
  type ReviewMark,
  type ReviewState,
} from '../../src-shared/review/marks'
import { writeDurably } from '../../src-worker/files/durable-file'
import type { ProjectPaths } from './project-paths'

const versionSchema = z.object({ formatVersion: z.int() })
const looseSchema = z.object({ marks: z.array(z.unknown()) })

/**
 * The marks of a project, in the order in which they stand in `review.json`; none where there is no such file.
 * @throws StudioError `project-invalid` where the file is damaged or of a newer version
 */
export async function loadReview(paths: ProjectPaths): Promise<ReviewMark[]> {
  const text = await textOf(paths)
  if (text === null) return []
  const data = jsonOrNull(text)
  if (isNewer(data)) {
    throw new StudioError('project-invalid', 'The marks of the review were written by a newer version.', {
      file: paths.review,
      hint: 'Install the newest version of the program; the marks stay as they are.',
      context: { newer: true },
    })
  }
  const parsed = reviewFileSchema.safeParse(data)
  if (parsed.success) return parsed.data.marks
  throw new StudioError('project-invalid', 'The file with the marks of the review is damaged.', {
    file: paths.review,
    hint: 'Open the project in the window, which keeps the file aside and recovers what can be read, or move it away: then no sample is left out.',
    cause: parsed.error,
  })
}

/** Marks as they were opened, and what was done where their file was damaged. */
export interface OpenedReview {
  marks: ReviewMark[]
  recovered: ReviewState['recovered']
}

/**
 * Opens the marks of a project. A damaged file is kept aside under another name, and the marks that can be read of it are
 * written anew.
 * @throws StudioError `project-invalid` where a newer version wrote it; `disk-full`, `output-unwritable`
 */
export async function openReview(paths: ProjectPaths): Promise<OpenedReview> {
  try {
    return { marks: await loadReview(paths), recovered: null }
  } catch (thrown) {
    const isDamage = thrown instanceof StudioError && thrown.context.newer !== true
    if (!isDamage) throw thrown
  }
  const loose = looseSchema.safeParse(jsonOrNull((await textOf(paths)) ?? ''))
  const marks = (loose.success ? loose.data.marks : []).flatMap((each) => {
    const mark = reviewMarkSchema.safeParse(each)
    return mark.success ? [mark.data] : []
  })
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const keptAs = paths.review.replace(/\.json$/, `.damaged-${stamp}.json`)
  await rename(paths.review, keptAs)
  await saveReview(paths, marks)
  return { marks, recovered: { keptAs: basename(keptAs), marks: marks.length } }
}

/** Writes `review.json`, one mark a line, completely or not at all. @throws StudioError `disk-full`, `output-unwritable` */
export async function saveReview(paths: ProjectPaths, marks: Iterable<ReviewMark>): Promise<void> {
  const lines = Array.from(marks, (mark) => JSON.stringify(mark))
  const list = lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`
  await writeDurably(paths.review, `{"formatVersion":${REVIEW_FORMAT},"marks":[${list}]}\n`)
}

async function textOf(paths: ProjectPaths): Promise<string | null> {
  try {
    return await readFile(paths.review, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new StudioError('output-unwritable', 'The file with the marks of the review cannot be read.', {
      file: paths.review,
      hint: 'Check its permissions.',
      cause,
    })
  }
}

function isNewer(data: unknown): boolean {
  const version = versionSchema.safeParse(data)
  return version.success && version.data.formatVersion > REVIEW_FORMAT
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
