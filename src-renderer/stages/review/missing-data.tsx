import { Button, Collapse } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId, type ReactNode } from 'react'
import { counted } from '../../../src-shared/wording/counted'
import { Notice } from '../../parts/notice'

/** What a file that is shown lacks of a dataset. */
export function MissingData({ missing }: { missing: readonly string[] }): ReactNode {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  if (missing.length === 0) return null
  return (
    <Notice
      tone="info"
      role="status"
      title={`The file lacks ${counted(missing.length, 'of the 17 datasets', 'of the 17 datasets')}. All that is there is shown.`}
    >
      <div>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={opened}
          aria-controls={id}
          onClick={toggle}
        >
          {opened ? 'Hide which' : 'Show which'}
        </Button>
      </div>
      <Collapse expanded={opened} id={id}>
        <ul>
          {missing.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Collapse>
    </Notice>
  )
}
