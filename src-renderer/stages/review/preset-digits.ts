import { useEffect } from 'react'
import { isTyping } from '../../frame/keys'
import { presetOfKey } from '../../patches/preset-keys'
import { useReview } from './review-store'

/** Lets the digits choose what thumbnails show, wherever the focus is but in a field that takes text. */
export function usePresetDigits(): void {
  useEffect(() => {
    const choose = (event: KeyboardEvent): void => {
      const { code, target, ctrlKey, metaKey, altKey, defaultPrevented } = event
      if (defaultPrevented || ctrlKey || metaKey || altKey) return
      const preset = presetOfKey(code)
      if (preset === null || (isTyping(target) && !isReadOnly(target))) return
      event.preventDefault()
      useReview.setState({ preset })
    }
    window.addEventListener('keydown', choose)
    return () => window.removeEventListener('keydown', choose)
  }, [])
}

/** The field of a list to choose from shows text but takes none. */
function isReadOnly(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.readOnly
}
