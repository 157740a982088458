import { changeSources } from '../../stores/change'

/** Adds folders and files with granules; what is there already stays once. */
export function addInputs(inputs: readonly string[], added: readonly string[]): Promise<boolean> {
  const fresh = [...new Set(added)].filter((path) => !inputs.includes(path))
  return fresh.length === 0 ? Promise.resolve(true) : changeSources({ inputs: [...inputs, ...fresh] })
}

export function removeInput(inputs: readonly string[], removed: string): Promise<boolean> {
  return changeSources({ inputs: inputs.filter((path) => path !== removed) })
}
