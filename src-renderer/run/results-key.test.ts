import { expect, it } from 'vitest'
import type { RunState } from '../../src-shared/api/run-state'
import { tablesKey } from './results-key'

const during = (step: 'subset' | 'plan' | 'batch', finished: number | null = null) =>
  ({ finished, step: { step, what: '', done: 0, total: 0, unit: '' } }) as Pick<RunState, 'finished' | 'step'>

it('tables are read again after every result, but not after each batch', () => {
  expect(tablesKey({ resultsRevision: 3 }, null)).toBe('3')
  expect(tablesKey({ resultsRevision: 4 }, during('subset'))).toBe('4')
  expect(tablesKey({ resultsRevision: 5 }, during('batch'))).toBe('batch')
  expect(tablesKey({ resultsRevision: 90 }, during('batch'))).toBe('batch')
})

it('and once more when the batches are cut', () => {
  expect(tablesKey({ resultsRevision: 91 }, during('batch', 1_700_000_000_000))).toBe('91')
})
