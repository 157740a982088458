/** Milliseconds after which the browser has certainly taken up the address of a saved file. */
const ADDRESS_LIFE_MS = 30_000

/** Saves data under a name, the way the browser saves downloads. */
export function saveFile(name: string, data: Blob): void {
  const address = URL.createObjectURL(data)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LIFE_MS)
}
