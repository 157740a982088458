/** Lines given for one kind of problem; the last of them says how many more there are. */
const LINES_PER_KIND = 3

interface Kind {
  lines: string[]
  more: number
}

/** Collects what is wrong with a file: a few lines of each kind of problem, and how often it occurs beyond them. */
export class ProblemLog {
  private readonly kinds = new Map<string, Kind>()

  /** A problem that stands for itself. */
  add(line: string): void {
    this.kinds.set(`line ${this.kinds.size}`, { lines: [line], more: 0 })
  }

  /**
   * A problem of one sample.
   * @param kind problems of the same dataset and kind are counted together
   */
  addSample(dataset: string, kind: string, sample: number, text: string): void {
    const key = `${dataset}/${kind}`
    const known = this.kinds.get(key) ?? { lines: [], more: 0 }
    if (known.lines.length < LINES_PER_KIND) known.lines.push(`${dataset}: sample ${sample}: ${text}`)
    else known.more += 1
    this.kinds.set(key, known)
  }

  lines(): string[] {
    return [...this.kinds.values()].flatMap(({ lines, more }) =>
      lines.map((line, i) =>
        more > 0 && i === lines.length - 1 ? `${line} (and ${more} more like this)` : line,
      ),
    )
  }
}
