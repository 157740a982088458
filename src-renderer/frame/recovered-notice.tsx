import { Code, List, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Notice } from '../parts/notice'
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
    <div className={classes.place}>
      <Notice
        tone="warning"
        title="The project file was damaged."
        role="status"
        onClose={() => {
          window.sessionStorage.setItem(KEY, recovered.keptAs)
          setSeen(recovered.keptAs)
        }}
      >
        <Text>
          It is kept as <Code>{baseName(recovered.keptAs)}</Code> in the project folder.{' '}
          {recovered.recovered.length === 0
            ? 'Nothing in it could be read: name the sources again and look through the settings.'
            : 'This was read from it; look through the rest:'}
        </Text>
        <List size="sm">
          {recovered.recovered.map((part) => (
            <List.Item key={part}>{part}</List.Item>
          ))}
        </List>
      </Notice>
    </div>
  )
}
