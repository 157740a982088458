import type { CardMap } from './card-facts'

/** Bars of a histogram, by label. */
export interface BarChart {
  title: string
  /** Name of the horizontal axis, with its unit. */
  axis: string
  series: readonly { name: string; counts: readonly number[] }[]
  /** One for each bar. */
  labels: readonly string[]
  /** Every which label is written below its bar. */
  labelEvery: number
}

/** What a data card consists of, whatever it is written as. */
export type CardBlock =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; caption: string; columns: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'code'; language: string; code: string }
  | { kind: 'bars'; chart: BarChart }
  | { kind: 'map'; map: CardMap }
  | {
      kind: 'source'
      name: string
      lines: readonly string[]
      links: readonly { text: string; url: string }[]
    }

export interface CardSection {
  title: string
  blocks: readonly CardBlock[]
}
