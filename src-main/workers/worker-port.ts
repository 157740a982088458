/** The main process's end of the line to one worker process, whatever kind of process that is. */
export interface WorkerPort {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once when the process has ended, with its exit code or signal in words. */
  onExit(listener: (reason: string) => void): void
  /** Ends the process at once. */
  kill(): void
  /** Process id, null before it is known. */
  readonly pid: number | null
}

/** Starts a worker process: `utilityProcess` in Electron, `child_process` elsewhere. */
export type SpawnWorker = () => WorkerPort
