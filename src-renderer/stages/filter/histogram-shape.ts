import type { Histogram } from '../../../src-shared/explore/filter-counts'

/** Bins with their edges as they are drawn, ascending. */
export interface DrawnBins {
  /** n + 1 edges. */
  edges: readonly number[]
  /** What passes every other filter, and what is kept. */
  others: readonly number[]
  kept: readonly number[]
}

/** A range of values from one end of a plot to the other. */
export interface Range {
  min: number
  max: number
}

/** The bins of a histogram, with its open outer ones drawn as wide as all others. */
export function drawnBins({ edges, underflow, overflow, others, kept }: Histogram): DrawnBins {
  if (edges.length < 4) return { edges, others, kept }
  const width = edges[2] - edges[1]
  const drawn = [...edges]
  if (underflow) drawn[0] = edges[1] - width
  if (overflow) drawn[drawn.length - 1] = edges[edges.length - 2] + width
  return { edges: drawn, others, kept }
}

/** The range of the bins, widened to whole steps so that a slider along it stands on round values. */
export function rangeOf(edges: readonly number[], step: number): Range {
  if (edges.length < 2) return { min: 0, max: step }
  return {
    min: roundTo(Math.floor(edges[0] / step + 1e-6) * step, step),
    max: roundTo(Math.ceil(edges[edges.length - 1] / step - 1e-6) * step, step),
  }
}

/** The value in whole steps, without the noise of the last digits. */
export function roundTo(value: number, step: number): number {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
  return Number((Math.round(value / step) * step).toFixed(decimals))
}

/** How far along the range a value lies, 0 to 1. */
export function shareOf(value: number, { min, max }: Range): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min)))
}

/**
 * The outline of a histogram in a square of 1 x 1, as an SVG path.
 * @param most the count that reaches the top
 */
export function outline(
  edges: readonly number[],
  counts: readonly number[],
  range: Range,
  most: number,
): string {
  if (counts.length === 0) return ''
  const x = (at: number): string => digits(shareOf(edges[at], range))
  const steps = counts.map((count, bin) => `V${digits(1 - (most === 0 ? 0 : count / most))}H${x(bin + 1)}`)
  return `M${x(0)} 1${steps.join('')}V1Z`
}

function digits(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}

/** The bin that holds a value; null beyond the outer edges. */
export function binAt(edges: readonly number[], value: number): number | null {
  const after = edges.findIndex((edge) => edge > value)
  return after <= 0 ? null : after - 1
}
