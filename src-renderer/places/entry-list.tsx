import { Skeleton, Text } from '@mantine/core'
import { IconArrowUp, IconFile, IconFolder, IconFolderFilled } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { FolderListing } from '../../src-shared/api/places'
import { formatBytes } from '../parts/format'
import classes from './entry-list.module.css'

type Entry = FolderListing['entries'][number]

interface EntryListProps {
  /** null before the first answer. */
  listing: FolderListing | null
  loading: boolean
  /** Paths of the files picked. */
  picked: readonly string[]
  onOpen: (folder: Entry) => void
  onPick: (path: string) => void
  onUp: () => void
}

/** The folders and files of a folder. Arrows go through them, letters to the next name that begins so. */
export function EntryList({ listing, loading, picked, onOpen, onPick, onUp }: EntryListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const keyDown = (event: KeyboardEvent): void => {
    const rows = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = rows.findIndex((row) => row === document.activeElement)
    const next = nextRow(
      event.key,
      at,
      rows.map((row) => row.dataset.name ?? ''),
    )
    if (event.ctrlKey || event.metaKey || event.altKey || next === null) return
    event.preventDefault()
    rows[next]?.focus()
  }
  // The row that was clicked is gone with its folder: whoever goes by keyboard goes on from the first one.
  const path = listing?.path
  useEffect(() => {
    const lost = path !== undefined && document.activeElement === document.body
    if (lost) list.current?.querySelector('button')?.focus()
  }, [path])
  if (listing === null) return <Skeleton h={320} visible={loading} />
  return (
    <div>
      <div
        ref={list}
        className={classes.list}
        role="group"
        aria-label="Folders and files"
        aria-busy={loading}
        onKeyDown={keyDown}
      >
        {listing.parent === null ? null : (
          <button type="button" className={classes.row} data-name="" onClick={onUp}>
            <IconArrowUp size={16} aria-hidden />
            <span className={classes.name}>Folder above</span>
          </button>
        )}
        {listing.entries.map((entry) => (
          <EntryRow
            key={entry.path}
            entry={entry}
            isPicked={picked.includes(entry.path)}
            onClick={() => (entry.folder ? onOpen(entry) : onPick(entry.path))}
          />
        ))}
        {listing.entries.length === 0 ? (
          <Text c="dimmed" p="md">
            Nothing here that can be chosen.
          </Text>
        ) : null}
      </div>
      <Text size="xs" c="dimmed" mih={18} mt={4}>
        {listing.truncated ? 'Only the first entries are listed. Type the path to reach the others.' : ''}
      </Text>
    </div>
  )
}

interface EntryRowProps {
  entry: Entry
  isPicked: boolean
  onClick: () => void
}

function EntryRow({ entry, isPicked, onClick }: EntryRowProps): ReactNode {
  return (
    <button
      type="button"
      className={classes.row}
      data-name={entry.name.toLowerCase()}
      onClick={onClick}
      {...(entry.folder ? {} : { 'aria-pressed': isPicked })}
    >
      <EntryIcon entry={entry} />
      <span className={classes.name}>{entry.name}</span>
      <span className={classes.note}>
        {entry.project ? 'Project' : null}
        {entry.bytes === null ? null : formatBytes(entry.bytes)}
      </span>
    </button>
  )
}

function EntryIcon({ entry }: { entry: Entry }): ReactNode {
  if (!entry.folder) return <IconFile size={16} aria-hidden />
  return entry.project ? <IconFolderFilled size={16} aria-hidden /> : <IconFolder size={16} aria-hidden />
}

/** The row that a key goes to; null for keys that mean something else. */
function nextRow(key: string, at: number, names: readonly string[]): number | null {
  const last = names.length - 1
  if (key === 'ArrowDown') return Math.min(at + 1, last)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key.length !== 1 || key === ' ') return null
  const after = names.findIndex((name, index) => index > at && name.startsWith(key.toLowerCase()))
  const first = names.findIndex((name) => name.startsWith(key.toLowerCase()))
  return after >= 0 ? after : first >= 0 ? first : null
}
