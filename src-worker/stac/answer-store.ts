import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { z } from 'zod'
import { writeDurably } from '../files/durable-file'

const [compress, expand] = [promisify(gzip), promisify(gunzip)]

/** Changes whenever what is kept changes its form. */
const VERSION = 1

/** Bytes that an answer may expand to; a search of hundreds of items comes to a few MB. */
const LARGEST = 512 * 1024 * 1024

/**
 * Answers of servers, kept in a folder of the project under a digest of what was asked, so that nothing is asked
 * twice. Each appears only when it is complete; what cannot be read counts as not there.
 */
export class AnswerStore {
  private readonly used = new Set<string>()
  private readonly made: Promise<unknown>

  constructor(private readonly folder: string) {
    this.made = mkdir(folder, { recursive: true })
  }

  /** The answer that is kept for a question, or null. */
  async get<T>(question: unknown, schema: z.ZodType<T>): Promise<T | null> {
    const name = nameOf(question)
    this.used.add(name)
    try {
      const text = await expand(await readFile(join(this.folder, name)), { maxOutputLength: LARGEST })
      return schema.parse(JSON.parse(text.toString('utf8')))
    } catch {
      return null
    }
  }

  /**
   * Keeps an answer.
   * @throws StudioError `disk-full`, `output-unwritable`
   */
  async put(question: unknown, answer: unknown): Promise<void> {
    await this.made
    const name = nameOf(question)
    this.used.add(name)
    await writeDurably(join(this.folder, name), await compress(JSON.stringify(answer)))
  }

  /** Removes what no question asked for, such as answers for another subset. */
  async forgetOthers(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (/^[0-9a-f]{32}\.json\.gz(\.part)?$/.test(name) && !this.used.has(name)) {
        await rm(join(this.folder, name), { force: true })
      }
    }
  }
}

function nameOf(question: unknown): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([VERSION, question]))
    .digest('hex')
  return `${digest.slice(0, 32)}.json.gz`
}
