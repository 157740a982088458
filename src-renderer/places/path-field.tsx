import { Button, Group, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'

interface PathFieldProps {
  path: string
  onOpen: (path: string) => void
}

/** The path of the folder shown, to be typed or pasted. */
export function PathField({ path, onOpen }: PathFieldProps): ReactNode {
  const [typed, setTyped] = useState(path)
  const wanted = typed.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== '') onOpen(wanted)
      }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-end">
        <TextInput
          label="Path"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          flex={1}
        />
        <Button type="submit" variant="default" disabled={wanted === '' || wanted === path}>
          Go
        </Button>
      </Group>
    </form>
  )
}
