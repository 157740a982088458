import { Button, Group, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'

interface PathFieldProps {
  path: string
  onOpen: (path: string) => void
}

/**
 * The path of the folder shown, to be typed or pasted. What is being typed stays when a folder arrives meanwhile, as
 * the first one does after the list is opened; a path that was gone to gives way to its folder's.
 */
export function PathField({ path, onOpen }: PathFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const [gone, setGone] = useState<string | null>(null)
  const [shown, setShown] = useState(path)
  if (shown !== path) {
    setShown(path)
    if (typed === gone) setTyped(null)
  }
  const wanted = (typed ?? path).trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted === '') return
        setGone(typed)
        onOpen(wanted)
      }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-end">
        <TextInput
          label="Path"
          value={typed ?? path}
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
