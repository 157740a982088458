import { create } from 'zustand'
import type { ProjectState } from '../../../src-shared/api/studio-state'
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
  /** Results that the tables belong to; null while they were not read, or could not be. */
  revision: number | null
  /** Kept while newer ones are read. */
  tables: Readonly<Record<Split, SplitTables>> | null
  error: SerializedError | null
}

const NOTHING: DistributionsStore = { folder: null, revision: null, tables: null, error: null }

/** Distributions of the tables of the open project. */
export const useDistributions = create<DistributionsStore>()(() => NOTHING)

/** Reads the distributions unless they are there; of several calls the last counts. */
export async function loadDistributions({
  folder,
  resultsRevision,
}: Pick<ProjectState, 'folder' | 'resultsRevision'>): Promise<void> {
  const { getState, setState } = useDistributions
  if (getState().folder === folder && getState().revision === resultsRevision) return
  if (getState().folder === folder) setState({ revision: resultsRevision, error: null })
  else setState({ ...NOTHING, folder, revision: resultsRevision })
  const wanted = (): boolean => getState().folder === folder && getState().revision === resultsRevision
  try {
    const client = await studio()
    const [train, test] = await Promise.all([tablesOf(client, 'train'), tablesOf(client, 'test')])
    if (wanted()) setState({ tables: { train, test } })
  } catch (thrown) {
    if (wanted()) setState({ revision: null, error: errorOf(thrown).toJSON() })
  }
}

async function tablesOf(client: StudioClient, split: Split): Promise<SplitTables> {
  const [combined, subset] = await Promise.all([
    client.explore.distribution({ split, table: 'combined' }),
    client.explore.distribution({ split, table: 'subset' }),
  ])
  return { combined, subset }
}
