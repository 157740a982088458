/**
 * What the desktop window's preload gives the page; a browser has none of it. Everything else goes through the
 * contract.
 */
export interface StudioBridge {
  /** Asks the main process for a line to the studio; it comes as a message event that carries the port. */
  connect(): void
  /** Paths of files and folders that were dropped on the window; the main process then allows them. */
  pathsOf(files: readonly File[]): Promise<string[]>
}

declare global {
  interface Window {
    readonly studioBridge?: StudioBridge
  }
}
