import type { GridSample } from '../../../src-shared/api/contract'
import type { StudioError } from '../../../src-shared/errors/studio-error'
import { gridSample } from '../../patches/grid-sample-fixture'
import type { SampleList } from './sample-list'
import type { PageRequest } from './sample-list-state'

/**
 * A studio with samples that tests can change, as slow as they want it. What it answers is what it had when it was
 * asked.
 */
export class SlowStudio {
  samples: GridSample[]
  version = 'a'
  fault: StudioError | null = null
  /** Requests under way, oldest first; answered by hand while `slow`. */
  readonly waiting: { request: PageRequest; signal: AbortSignal; answer: () => void }[] = []
  readonly asked: PageRequest[] = []
  slow = false

  constructor(count: number) {
    this.samples = Array.from({ length: count }, (_, i) => gridSample({ batch: 1, row: i }))
  }

  /** Writes samples of another batch in front of all others. */
  insert(count: number): void {
    const added = Array.from({ length: count }, (_, i) => gridSample({ batch: 0, row: i }))
    this.samples = [...added, ...this.samples]
    this.version += 'a'
  }

  readonly load: ConstructorParameters<typeof SampleList>[0] = (request, signal) => {
    this.asked.push(request)
    const { samples, version, fault } = this
    const answer = {
      total: samples.length,
      // As over a line: none is the same object as another time.
      samples: samples.slice(request.offset, request.offset + request.limit).map((sample) => ({ ...sample })),
      found: request.find.map(({ batch, row }) => {
        const place = samples.findIndex((sample) => sample.batch === batch && sample.row === row)
        return place === -1 ? null : place
      }),
      of: 0,
      faults: [],
      missing: [],
      version,
    }
    return new Promise((resolve, reject) => {
      const finish = (): void => (fault === null ? resolve(answer) : reject(fault))
      if (this.slow) this.waiting.push({ request, signal, answer: finish })
      else finish()
    })
  }
}
