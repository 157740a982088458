import { Anchor, Breadcrumbs, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { counted } from '../../src-shared/wording/counted'
import { ErrorCard } from '../parts/error-card'
import { usePlaceBrowser } from './choose-places'
import { EntryList } from './entry-list'
import { NewFolder } from './new-folder'
import { PathField } from './path-field'
import { baseName, trailOf } from './path-names'
import { PLACE_WORDS } from './place-words'
import { useListing } from './use-listing'

/** Chooses folders and files of the machine that the program runs on, for people who sit in front of another one. */
export function PlaceBrowser(): ReactNode {
  const request = usePlaceBrowser((browser) => browser.request)
  return (
    <Modal
      opened={request !== null}
      onClose={() => request?.answer(null)}
      title={request === null ? '' : PLACE_WORDS[request.kind].title}
      size={640}
    >
      {request === null ? null : <Browser key={request.kind} />}
    </Modal>
  )
}

function Browser(): ReactNode {
  const request = usePlaceBrowser((browser) => browser.request)
  const kind = request?.kind ?? 'project'
  const { files } = PLACE_WORDS[kind]
  const { listing, error, loading, go } = useListing(kind)
  const [picked, setPicked] = useState<readonly string[]>([])
  const [naming, setNaming] = useState(false)
  const [clicks, setClicks] = useState(0)
  const open = (path: string | null): void => {
    setPicked([])
    setNaming(false)
    go(path)
  }
  /** A folder that was clicked takes the place of what was typed. */
  const click = (path: string | null): void => {
    setClicks(clicks + 1)
    open(path)
  }
  const answer = (paths: string[]): void => {
    usePlaceBrowser.setState({ folder: listing?.path ?? null })
    request?.answer(paths)
  }
  const pick = (path: string): void => {
    if (request?.multiple !== true) setPicked(picked.includes(path) ? [] : [path])
    else setPicked(picked.includes(path) ? picked.filter((each) => each !== path) : [...picked, path])
  }

  return (
    <Stack gap="sm">
      <PathField key={clicks} path={listing?.path ?? ''} onOpen={open} />
      <Group justify="space-between" wrap="nowrap" mih={28}>
        <Breadcrumbs separatorMargin={4} component="nav" aria-label="Folders above">
          {listing === null
            ? null
            : trailOf(listing.path, listing.roots).map(({ name, path }) => (
                <Anchor key={path} component="button" type="button" size="sm" onClick={() => click(path)}>
                  {name}
                </Anchor>
              ))}
        </Breadcrumbs>
        {kind !== 'new-project' || listing === null ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconFolderPlus size={16} aria-hidden />}
            onClick={() => setNaming(true)}
          >
            New folder
          </Button>
        )}
      </Group>
      {naming && listing !== null ? (
        <NewFolder parent={listing.path} onMade={click} onCancel={() => setNaming(false)} />
      ) : null}
      {error === null ? null : <ErrorCard error={error} />}
      <EntryList
        listing={listing}
        loading={loading}
        picked={picked}
        onOpen={(entry) => (kind === 'project' && entry.project ? answer([entry.path]) : click(entry.path))}
        onPick={pick}
        onUp={() => click(listing?.parent ?? null)}
      />
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {kind === 'project' ? 'A folder marked Project opens with a click.' : null}
        </Text>
        <Group gap="sm" wrap="nowrap">
          <Button variant="default" onClick={() => request?.answer(null)}>
            Cancel
          </Button>
          {files ? (
            <Button disabled={picked.length === 0} onClick={() => answer([...picked])}>
              {picked.length === 0 ? 'Choose' : `Choose ${counted(picked.length, 'file')}`}
            </Button>
          ) : (
            <Button disabled={listing === null} onClick={() => listing !== null && answer([listing.path])}>
              {listing === null ? 'Choose' : `Choose ${baseName(listing.path)}`}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  )
}
