import { create } from 'zustand'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import type { TableDistribution } from '../../../src-shared/explore/distribution'
import type { Split } from '../../../src-shared/footprint/footprint'
import type { StudioClient } from '../../connection/client'
import { errorOf, studio } from '../../connection/studio'

/** The tables of a split before and after drawing; null where there is no such table. */
export interface SplitTables {
  combined: TableDistribution | null
  subset: TableDistribution | null
}

interface DistributionsStore {
  folder: string | null
  /** Which tables were asked for last; null where they could not be read. */
  key: string | null
  /** Kept while newer ones are read. */
  tables: Readonly<Record<Split, SplitTables>> | null
  error: SerializedError | null
}

const NOTHING: DistributionsStore = { folder: null, key: null, tables: null, error: null }

/** Distributions of the tables of the open project. */
export const useDistributions = create<DistributionsStore>()(() => NOTHING)

/**
 * Reads the distributions unless they are there; of several calls the last counts.
 * @param key changes where the tables may have changed
 */
export async function loadDistributions(folder: string, key: string): Promise<void> {
  const { getState, setState } = useDistributions
  const wanted = (): boolean => getState().folder === folder && getState().key === key
  if (wanted()) return
  if (getState().folder === folder) setState({ key, error: null })
  else setState({ ...NOTHING, folder, key })
  try {
    const client = await studio()
    const [train, test] = await Promise.all([tablesOf(client, 'train'), tablesOf(client, 'test')])
    if (wanted()) setState({ tables: { train, test } })
  } catch (thrown) {
    if (wanted()) setState({ key: null, error: errorOf(thrown).toJSON() })
  }
}

async function tablesOf(client: StudioClient, split: Split): Promise<SplitTables> {
  const [combined, subset] = await Promise.all([
    client.explore.distribution({ split, table: 'combined' }),
    client.explore.distribution({ split, table: 'subset' }),
  ])
  return { combined, subset }
}
