import { useEffect } from 'react'
import { MENU_COMMANDS, type MenuCommand } from '../../src-shared/api/contract'
import { follow } from '../connection/studio'
import { carryOut, presentSituation } from './carry-out'
import { COMMANDS } from './command-table'
import { isTyping, matchesKeys } from './keys'

/** Keys that text fields use themselves. */
const OF_TEXT_FIELDS: readonly MenuCommand[] = ['undo', 'redo', 'shortcuts']

/** Carries out commands that come from the keyboard or from the native menu. */
export function useShortcuts(): void {
  useEffect(() => {
    const stop = new AbortController()
    window.addEventListener('keydown', onKeyDown, { signal: stop.signal })
    void follow((client, signal) => client.studio.commands(undefined, { signal }), carryOut, stop.signal)
    return () => stop.abort()
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return
  const command = MENU_COMMANDS.find((id) => {
    const { keys } = COMMANDS[id]
    return keys !== null && matchesKeys(keys, event)
  })
  if (command === undefined) return
  if (OF_TEXT_FIELDS.includes(command) && isTyping(event.target)) return
  const covered = document.querySelector('[aria-modal="true"]') !== null
  if (covered || !COMMANDS[command].possible(presentSituation())) return
  event.preventDefault()
  carryOut(command)
}
