import { Skeleton } from '@mantine/core'
import { lazy, Suspense, type ReactNode } from 'react'
import type { OpenedFile } from '../../src-shared/api/opened-file'
import { StageBoundary } from '../frame/stage-boundary'

const FileAlone = lazy(() => import('./review/file-alone'))

/** A file of samples that is looked at alone; what shows it is loaded when it is first wanted. */
export function FileView({ file }: { file: OpenedFile }): ReactNode {
  return (
    <StageBoundary title={file.name}>
      <Suspense fallback={<Skeleton h="100%" />}>
        <FileAlone file={file} />
      </Suspense>
    </StageBoundary>
  )
}
