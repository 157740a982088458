/** The worker's end of the line to the main process: Electron's utilityProcess port, or Node's IPC channel. */
export interface ParentPort {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called when the main process is gone. */
  onDisconnect(listener: () => void): void
}

interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * The port of this process.
 * @throws Error where the process was not started as a worker
 */
export function connectToParent(): ParentPort {
  const electronPort = (process as { parentPort?: ElectronParentPort }).parentPort
  if (electronPort !== undefined) {
    return {
      send: (message) => electronPort.postMessage(message),
      onMessage: (listener) => electronPort.on('message', ({ data }) => listener(data)),
      onDisconnect: () => undefined, // Electron ends utility processes with the app
    }
  }
  if (process.send === undefined)
    throw new Error('this file is the worker process; start gedi-dataset instead')
  return {
    send: (message) => {
      if (process.connected) process.send?.(message)
    },
    onMessage: (listener) => process.on('message', listener),
    onDisconnect: (listener) => process.on('disconnect', listener),
  }
}
