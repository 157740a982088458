import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { ErrorCard } from '../parts/error-card'
import { useView } from '../stores/view-store'
import { choosePlace, usePlaceBrowser } from './choose-places'
import { createProject, useOpening } from './open-project'
import { folderNameOf, joinPath } from './path-names'

/** Begins a project: a name, and the folder in which its own folder is made. */
export function NewProjectDialog(): ReactNode {
  const opened = useView((view) => view.newProjectOpen)
  const show = useView((view) => view.showNewProject)
  // Esc closes the folder browser on top of it, not both.
  const covered = usePlaceBrowser(({ request }) => request !== null)
  return (
    <Modal
      opened={opened}
      onClose={() => show(false)}
      title="New project"
      size={480}
      closeOnEscape={!covered}
      closeOnClickOutside={false}
    >
      <NewProjectForm onDone={() => show(false)} />
    </Modal>
  )
}

function NewProjectForm({ onDone }: { onDone: () => void }): ReactNode {
  const [name, setName] = useState('')
  const [folderName, setFolderName] = useState<string | null>(null)
  const [parent, setParent] = useState<string | null>(null)
  const { busy, error } = useOpening()
  const ownFolder = folderName ?? folderNameOf(name)
  const folder = parent === null || ownFolder === '' ? null : joinPath(parent, ownFolder)
  const choose = async (): Promise<void> => {
    const chosen = await choosePlace('new-project')
    if (chosen !== null) setParent(chosen)
  }
  const create = async (): Promise<void> => {
    if (folder !== null && (await createProject(folder, name.trim()))) onDone()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Black Forest 2020-21"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <TextInput
            label="Location"
            description="The project’s own folder is made in it."
            value={parent ?? ''}
            placeholder="Not chosen yet"
            readOnly
            flex={1}
          />
          <Button variant="default" onClick={() => void choose()}>
            Choose location
          </Button>
        </Group>
        <TextInput
          label="Folder name"
          value={ownFolder}
          onChange={(event) => setFolderName(event.currentTarget.value.replace(/[/\\]/g, ''))}
          spellCheck={false}
        />
        <Text size="xs" c="dimmed" mih={36}>
          {folder === null ? 'All results go into one folder.' : 'All results go into '}
          {folder === null ? null : <Code>{folder}</Code>}
        </Text>
        {error === null ? null : <ErrorCard error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={folder === null || name.trim() === ''} loading={busy !== null}>
            Make project
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
