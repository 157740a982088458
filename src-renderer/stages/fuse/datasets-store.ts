import { useEffect } from 'react'
import { create } from 'zustand'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import type { StudioError } from '../../../src-shared/errors/studio-error'
import { errorOf, studio } from '../../connection/studio'
import { useRun } from '../../stores/run-store'
import { useProject, useStudio } from '../../stores/studio-store'

/** How far the check of a dataset file is. */
export type Verification =
  | { state: 'running'; stop: () => void }
  | { state: 'failed'; error: StudioError }
  | { state: 'done'; samples: number; problems: readonly string[]; seconds: number }

interface DatasetsStore {
  /** null until the first answer. */
  files: readonly DatasetFile[] | null
  error: StudioError | null
  /** Raised to list again. */
  attempt: number
  /** Checks by the file and the time it was written, so that a new file is not taken for a checked one. */
  verifications: Readonly<Partial<Record<string, Verification>>>
}

const useStore = create<DatasetsStore>()(() => ({ files: null, error: null, attempt: 0, verifications: {} }))

/** Folder of the project whose datasets are listed. */
let listed: string | null = null

/** The dataset files of the open project, listed again whenever results have changed. */
export function useDatasets(): Pick<DatasetsStore, 'files' | 'error'> {
  const project = useProject()
  const connected = useStudio((store) => store.connected)
  const status = useRun(({ run }) => run?.status)
  const folder = project?.folder ?? null
  const revision = project?.resultsRevision
  const attempt = useStore((store) => store.attempt)
  useEffect(() => {
    if (folder === null || !connected) return undefined
    if (folder !== listed) useStore.setState({ files: null, error: null, verifications: {} })
    listed = folder
    const stop = new AbortController()
    void list(stop.signal)
    return () => stop.abort()
  }, [folder, revision, status, connected, attempt])
  const files = useStore((store) => store.files)
  const error = useStore((store) => store.error)
  return { files, error }
}

/** Lists the dataset files again, after that failed. */
export function listAgain(): void {
  useStore.setState(({ attempt }) => ({ attempt: attempt + 1 }))
}

async function list(signal: AbortSignal): Promise<void> {
  try {
    const client = await studio()
    const files = await client.datasets.list(undefined, { signal })
    useStore.setState({ files, error: null })
  } catch (thrown) {
    if (!signal.aborted) useStore.setState({ error: errorOf(thrown) })
  }
}

/** The check of a dataset file as it is now; undefined where it was not checked. */
export function useVerification(file: DatasetFile): Verification | undefined {
  return useStore(({ verifications }) => verifications[keyOf(file)])
}

/** Reads a dataset file from end to end; the result shows in `useVerification`. */
export async function verify(file: DatasetFile): Promise<void> {
  const key = keyOf(file)
  const stop = new AbortController()
  note(key, { state: 'running', stop: () => stop.abort() })
  try {
    const client = await studio()
    note(key, {
      state: 'done',
      ...(await client.datasets.verify({ split: file.split }, { signal: stop.signal })),
    })
  } catch (thrown) {
    note(key, stop.signal.aborted ? undefined : { state: 'failed', error: errorOf(thrown) })
  }
}

function note(key: string, verification: Verification | undefined): void {
  useStore.setState(({ verifications }) => ({ verifications: { ...verifications, [key]: verification } }))
}

function keyOf({ path, written }: DatasetFile): string {
  return `${path} ${written}`
}
