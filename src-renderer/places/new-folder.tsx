import { Button, Group, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { errorOf, studio } from '../connection/studio'

interface NewFolderProps {
  parent: string
  /** Told the path of the folder made. */
  onMade: (path: string) => void
  onCancel: () => void
}

/** Makes a folder inside the one shown. */
export function NewFolder({ parent, onMade, onCancel }: NewFolderProps): ReactNode {
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const make = async (): Promise<void> => {
    try {
      onMade(await (await studio()).places.makeFolder({ parent, name: name.trim() }))
    } catch (thrown) {
      const { message, hint } = errorOf(thrown)
      setFault(`${message} ${hint}`)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-end">
        <TextInput
          label="Name of the new folder"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setFault(null)
          }}
          error={fault}
          data-autofocus
          autoFocus
          flex={1}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Make folder
        </Button>
        <Button variant="default" onClick={onCancel}>
          Leave it
        </Button>
      </Group>
    </form>
  )
}
