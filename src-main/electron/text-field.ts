import type { WebContents } from 'electron'

/** Number of the world of its own in which the page is asked, so that nothing in the page can change the answer. */
const OWN_WORLD = 1001

const QUESTION = `(() => {
  const field = document.activeElement
  if (!(field instanceof HTMLElement)) return false
  if (field.isContentEditable || field instanceof HTMLTextAreaElement) return true
  return field instanceof HTMLInputElement && field.selectionStart !== null
})()`

/** Whether keys go into a text field of the page, to which undo and redo then belong. */
export async function isInTextField(contents: WebContents): Promise<boolean> {
  const answer: unknown = await contents.executeJavaScriptInIsolatedWorld(OWN_WORLD, [{ code: QUESTION }])
  return answer === true
}
