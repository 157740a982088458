import { useEffect } from 'react'
import type { Mark } from '../../../src-shared/review/marks'
import { isTyping } from '../../frame/keys'
import { markSelected } from './mark-selected'
import { useReview } from './review-store'

/** The keys that mark what is selected; null takes a mark away. */
export const MARK_KEYS: Readonly<Record<string, Mark | null>> = { p: 'keep', x: 'exclude', u: null }

/** Lets keys mark what is selected, whatever is hovered and wherever the focus is but in a field that takes text. */
export function useMarkKeys(): void {
  useEffect(() => {
    const mark = (event: KeyboardEvent): void => {
      const { target, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented, repeat } = event
      const key = event.key.toLowerCase()
      if (defaultPrevented || repeat || ctrlKey || metaKey || altKey || shiftKey) return
      if (!Object.hasOwn(MARK_KEYS, key) || isTakingKeys(target)) return
      event.preventDefault()
      void markSelected(MARK_KEYS[key])
    }
    window.addEventListener('keydown', mark)
    return () => window.removeEventListener('keydown', mark)
  }, [])
}

/** Fields that take text, open menus, and dialogs but that of the large patch have the keys for themselves. */
function isTakingKeys(target: EventTarget | null): boolean {
  if (isTyping(target) && !(target instanceof HTMLInputElement && target.readOnly)) return true
  if (target instanceof Element && target.closest('[role="menu"]') !== null) return true
  return !useReview.getState().open && document.querySelector('[aria-modal="true"]') !== null
}
