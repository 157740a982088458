import { WaveBudget } from './wave-budget'

/**
 * How much a worker reads at a time. Local files are read one thing after the other, in large waves; from servers many
 * small waves are under way at once, so that what a request takes to be answered hides behind the work on others.
 */
export interface ReadingPace {
  /** Decoded bytes of one wave. */
  waveBytes: number
  /** What all waves together may hold. */
  budget: WaveBudget
  /** Scenes of a batch that are cut at the same time, and footprints in them together. */
  scenes: number
  footprints: number
  /** Bands of a scene that are cut at the same time. */
  bands: number
}

const MEBIBYTE = 2 ** 20

/** Two waves: one that is being cut, one that is being read. */
export function localPace(): ReadingPace {
  return {
    waveBytes: 48 * MEBIBYTE,
    budget: new WaveBudget(96 * MEBIBYTE),
    scenes: 1,
    footprints: 500,
    bands: 1,
  }
}

/** The same memory in smaller pieces. */
export function networkPace(): ReadingPace {
  return {
    waveBytes: 8 * MEBIBYTE,
    budget: new WaveBudget(96 * MEBIBYTE),
    scenes: 32,
    footprints: 1000,
    bands: 11,
  }
}
