import { readFile, stat } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { tableLimits, type RunContext } from './run-context'
import { activeSplits } from './table-steps'

/** Milliseconds after which people wonder what is going on. */
const MOMENT_MS = 700

type Kind = 'combined' | 'subset'

/** The distribution figures of a run, drawn beside the steps. */
export class Figures {
  private readonly drawing: Promise<void>[] = []

  constructor(private readonly context: RunContext) {}

  /** Begins to draw the tables of one kind, those of both splits. */
  draw(kind: Kind): void {
    for (const split of activeSplits(this.context)) {
      const figure = this.drawOne(split, kind)
      figure.catch(() => undefined) // reported by drawn(); until then a rejection is nobody's fault
      this.drawing.push(figure)
    }
  }

  /** Waits for all figures, and says so where that takes longer than a moment. @throws StudioError what went wrong with one */
  async drawn(): Promise<void> {
    const { emit } = this.context
    const tell = (): void => emit({ kind: 'log', level: 'info', message: 'Waiting for the figures …' })
    const timer = setTimeout(tell, MOMENT_MS)
    try {
      await Promise.all(this.drawing)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Draws the distribution of a table, unless the figure is there, whole, and newer than the table. */
  private async drawOne(split: Split, kind: Kind): Promise<void> {
    const { paths, pool, signal, emit } = this.context
    const table = kind === 'combined' ? paths.combined(split) : paths.subset(split)
    const output = paths.figure(split, kind)
    const [from, drawn] = await Promise.all([modified(table), modified(output)])
    if (from === null || (drawn !== null && drawn >= from && (await isWholePng(output)))) return
    const { memoryMb, tempDirectory } = tableLimits(this.context)
    const limits = { memoryMb: Math.ceil(memoryMb / 4), tempDirectory }
    try {
      await pool.runAside('figure', { table, split, kind, output, ...limits }, { signal })
    } catch (error) {
      if (!(error instanceof StudioError) || error.tag !== 'worker-died') throw error
      // A picture is no reason to stop cutting; the next run draws it.
      emit({ kind: 'log', level: 'warning', message: `${output} was not drawn. ${error.message}` })
    }
  }
}

/** Time of the last change of a file, null where there is none. */
async function modified(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.mtimeMs ?? null
}

/** The last chunk of every PNG file, IEND (PNG specification, 11.2.5). */
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex')

async function isWholePng(path: string): Promise<boolean> {
  const content = await readFile(path).catch(() => Buffer.alloc(0))
  return content.subarray(-PNG_END.length).equals(PNG_END)
}
