/** Workers that may die of one batch while its footprints are told apart; a single bad one costs about twelve. */
const MAX_DEATHS = 100

/**
 * Finds the footprints that workers die of: tries one half of a batch, then the other, and halves again what is not
 * survived, down to single footprints. What is survived is done with.
 * @param count footprints of the batch
 * @param survives cuts the places `from` to `to` (exclusive); false where the worker died of it
 * @returns footprints that were survived
 * @throws what `survives` throws
 */
export async function isolateFootprints(
  count: number,
  survives: (from: number, to: number) => Promise<boolean>,
): Promise<number> {
  let [survived, deaths] = [0, 0]
  const halve = async (from: number, to: number): Promise<void> => {
    if (to - from < 2) return
    const middle = Math.ceil((from + to) / 2)
    await go(from, middle)
    await go(middle, to)
  }
  const go = async (from: number, to: number): Promise<void> => {
    if (deaths >= MAX_DEATHS) return
    if (await survives(from, to)) {
      survived += to - from
      return
    }
    deaths++
    await halve(from, to)
  }
  await halve(0, count)
  return survived
}
