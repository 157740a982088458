/** What is looked at in a key press. */
interface KeyPress {
  key: string
  /** The key's place on the keyboard: digits are found by it, because some layouts type them with Shift. */
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Apple's keyboards have the Command key where others have Ctrl. */
function isApple(): boolean {
  return /mac/i.test(navigator.userAgent)
}

/**
 * Whether a key press is the shortcut. A shortcut is written `mod+shift+z`: mod is Ctrl, or Command on Apple's
 * keyboards. A sign such as `?` stands for itself, however it is typed.
 */
export function matchesKeys(keys: string, press: KeyPress, apple = isApple()): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = apple ? press.metaKey : press.ctrlKey
  const other = apple ? press.ctrlKey : press.metaKey
  if (other || press.altKey || mod !== parts.includes('mod')) return false
  if (/^\d$/.test(key)) return press.code === `Digit${key}` && !press.shiftKey
  const isSign = !/^[a-z]$/.test(key)
  return press.key.toLowerCase() === key && (isSign || press.shiftKey === parts.includes('shift'))
}

/** The caps of a shortcut's keys: Ctrl, Shift, Z. */
export function keyCaps(keys: string, apple = isApple()): string[] {
  return keys.split('+').map((part) => {
    if (part === 'mod') return apple ? '⌘' : 'Ctrl'
    if (part === 'shift') return 'Shift'
    return part.length === 1 ? part.toUpperCase() : part
  })
}

const TEXT_INPUTS = ['text', 'search', 'url', 'tel', 'email', 'password', 'number', 'date']

/** Whether keys go into a text field: there, undo and plain letters belong to the field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}
