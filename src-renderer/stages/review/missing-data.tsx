import type { ReactNode } from 'react'
import { counted } from '../../../src-shared/wording/counted'
import { Folded } from '../../parts/folded'
import { Notice } from '../../parts/notice'

/** What a file that is shown lacks of a dataset. */
export function MissingData({ missing }: { missing: readonly string[] }): ReactNode {
  if (missing.length === 0) return null
  return (
    <Notice
      tone="info"
      role="status"
      title={`The file lacks ${counted(missing.length, 'of the 17 datasets', 'of the 17 datasets')}. All that is there is shown.`}
    >
      <Folded what="which">
        {() => (
          <ul>
            {missing.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Folded>
    </Notice>
  )
}
