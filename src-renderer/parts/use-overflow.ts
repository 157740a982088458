import { useCallback, useState, type RefCallback } from 'react'

/** Whether the content of an element is higher than the element; such a one must be reached by keyboard to be scrolled. */
export function useOverflow(): [overflows: boolean, ref: RefCallback<HTMLElement>] {
  const [overflows, setOverflows] = useState(false)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    const look = (): void => setOverflows(element.scrollHeight > element.clientHeight + 1)
    const sizes = new ResizeObserver(look)
    const children = new MutationObserver(() => {
      for (const child of element.children) sizes.observe(child)
    })
    sizes.observe(element)
    for (const child of element.children) sizes.observe(child)
    children.observe(element, { childList: true })
    return () => {
      sizes.disconnect()
      children.disconnect()
    }
  }, [])
  return [overflows, ref]
}
