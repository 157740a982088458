import type { WorldPart } from './tasks/preparing'
import type { Measured } from './tasks/task'
import type { TaskInput, TaskName, TaskOutput } from './tasks/tasks'

/** One number of a benchmark. */
export interface Figure {
  what: string
  value: number
  unit: string
  /** The same thing done by other software, in the same run and unit. */
  compared?: { by: string; value: number }
  /** By which factor we are faster (rates), or how many times as long we take (seconds); with `compared`. */
  ratio?: number
  /** What the ratio or the value should be, and whether it is. */
  aim?: { text: string; met: boolean }
  /** Details worth reading beside it. */
  note?: string
}

/** What a task in a process of its own comes back with. */
export interface Answer<Name extends TaskName> {
  output: TaskOutput<Name>
  measured: Measured
}

/** What benchmarks need from whoever runs them. */
export interface Bench {
  /** Folder for what a benchmark writes; emptied after it. */
  temporary: string
  /** Whether benchmarks that come in two sizes do the large one. */
  large: boolean
  /** Does a task in a process of its own. */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>, pinned: boolean): Promise<Answer<Name>>
  /** Makes sure that a part of the data is there, and says where. */
  folder(kind: WorldPart['kind']): Promise<string>
  /** Runs a Python script of bench/compare on an input; null where the package it needs is absent. */
  python(script: string, needs: 'h5py' | 'rasterio', input: unknown): unknown
}

export interface Benchmark {
  name: string
  title: string
  run(bench: Bench): Promise<Figure[]>
}

/** The middle of some numbers, of an even count the lower one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
