import { Alert, Code, List, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { baseName } from '../places/path-names'
import { useProject } from '../stores/studio-store'
import classes from './recovered-notice.module.css'

const KEY = 'studio-recovered-seen'

/** Says what was recovered from a damaged project file and where the damaged one is kept. */
export function RecoveredNotice(): ReactNode {
  const project = useProject()
  const [seen, setSeen] = useState(() => window.sessionStorage.getItem(KEY))
  const recovered = project?.recovered ?? null
  if (recovered === null || seen === recovered.keptAs) return null
  return (
    <Alert
      className={classes.notice}
      color="yellow"
      variant="outline"
      title="The project file was damaged."
      withCloseButton
      closeButtonLabel="Hide notice"
      onClose={() => {
        window.sessionStorage.setItem(KEY, recovered.keptAs)
        setSeen(recovered.keptAs)
      }}
    >
      <Text>
        It was put aside as <Code>{baseName(recovered.keptAs)}</Code> in the project folder.{' '}
        {recovered.recovered.length === 0
          ? 'Nothing in it could be read: name the sources again and look through the settings.'
          : 'What could be read is in the project again; look through the rest:'}
      </Text>
      <List size="sm">
        {recovered.recovered.map((part) => (
          <List.Item key={part}>{part}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
