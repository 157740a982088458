/** A change of a value with what it was before, for undo. */
export interface Change<T> {
  /** What changed, in a few words: "Smallest AGBD". */
  label: string
  before: T
  after: T
}

/** Changes that are kept for undo. */
const KEPT = 200

/** Undo and redo of whole values: small ones, such as the settings of a project. */
export class ChangeHistory<T> {
  private done: Change<T>[] = []
  private undone: Change<T>[] = []

  /** What undo would take back, null where there is nothing. */
  get undoLabel(): string | null {
    return this.done.at(-1)?.label ?? null
  }

  get redoLabel(): string | null {
    return this.undone.at(-1)?.label ?? null
  }

  /** Notes a change that was made; what was undone before is forgotten. */
  note(change: Change<T>): void {
    this.done = [...this.done, change].slice(-KEPT)
    this.undone = []
  }

  /** @returns the value before the last change, null where there is none */
  undo(): T | null {
    const change = this.done.pop()
    if (change === undefined) return null
    this.undone.push(change)
    return change.before
  }

  /** @returns the value after the change that was undone last, null where there is none */
  redo(): T | null {
    const change = this.undone.pop()
    if (change === undefined) return null
    this.done.push(change)
    return change.after
  }
}
