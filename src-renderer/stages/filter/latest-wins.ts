/**
 * Makes calls of which only the newest matters: one is under way at a time, and while it is, each new one takes the
 * place of the one that waits.
 * @param work carries out one call; must not throw
 */
export function latestWins<Input>(work: (input: Input) => Promise<void>): (input: Input) => void {
  let waiting: { input: Input } | null = null
  let busy = false
  const next = async (): Promise<void> => {
    while (waiting !== null) {
      const { input }: { input: Input } = waiting
      waiting = null
      await work(input)
    }
    busy = false
  }
  return (input) => {
    waiting = { input }
    if (busy) return
    busy = true
    void next()
  }
}
