/** What an order is for; different purposes give unrelated orders from the same seed. */
export type ShufflePurpose = 'combine' | 'sample' | 'subset'

/**
 * SQL expression whose values order shots at random, the same for one seed whatever the number of threads, the order of
 * files or the version of DuckDB: the lower 64 bits of the MD5 of purpose, seed and shot number.
 */
export function shuffleKey(purpose: ShufflePurpose, seed: number): string {
  return `md5_number_lower('${purpose}:${seed}:' || shot_number)`
}
