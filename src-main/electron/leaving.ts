import type { RunState } from '../../src-shared/api/run-state'
import type { Broadcast } from '../studio/broadcast'

/** What a person who closes the window during a run may want. */
export const CHOICES = ['background', 'pause', 'stop', 'stay'] as const
export type Choice = (typeof CHOICES)[number]

/** The run, as far as leaving touches it. */
export interface LeavingRun {
  readonly state: RunState
  readonly isActive: boolean
  readonly changes: Broadcast<RunState>
  pause(): void
  /** Resolves when the run has stopped. */
  cancel(): Promise<void>
}

/** What leaving asks of the application. */
export interface LeavingPorts {
  run: LeavingRun
  /** Asks the person. */
  ask(): Promise<Choice>
  /** Takes the window from the screen while the run goes on. */
  hide(): void
  /** Brings it back. */
  show(): void
  /** Ends what the studio has open. */
  close(): Promise<void>
  /** Ends the application; nothing more is asked. */
  quit(): void
}

/** An application that cannot close in this many milliseconds ends all the same; files are whole at any moment. */
const PATIENCE_MS = 4000

/**
 * The way out of the application. While a run is at work, the person is asked; otherwise it closes at once. A paused run
 * has nothing in flight, and goes on from its files the next time.
 */
export class Leaving {
  /** Waits for the run to come to rest, and then quits or comes back. */
  private endWaiting: (() => void) | null = null
  private state: 'here' | 'asking' | 'leaving' | 'gone' = 'here'

  constructor(private readonly ports: LeavingPorts) {}

  /** Whether everything is closed, so that the window may go. */
  get isDone(): boolean {
    return this.state === 'gone'
  }

  /** Somebody closes the window or quits. */
  async request(): Promise<void> {
    if (this.state !== 'here') return
    if (!this.isAtWork) return this.leave()
    this.state = 'asking'
    const choice = await this.ports.ask()
    this.state = 'here'
    await this.carryOut(choice)
  }

  /** Stops the run and quits, without a question: the system shuts down, or the terminal says so. */
  async leave(): Promise<void> {
    if (this.state === 'leaving' || this.state === 'gone') return
    this.state = 'leaving'
    this.stopWaiting()
    await withPatience(this.ports.run.cancel().then(() => this.ports.close()))
    this.state = 'gone'
    this.ports.quit()
  }

  /** The window is wanted again: a run in the background is one in the foreground. */
  comeBack(): void {
    this.stopWaiting()
    this.ports.show()
  }

  private get isAtWork(): boolean {
    return this.ports.run.isActive && this.ports.run.state.status !== 'paused'
  }

  private async carryOut(choice: Choice): Promise<void> {
    // The run may have ended while the question stood there.
    if (choice !== 'stay' && !this.isAtWork) return this.leave()
    switch (choice) {
      case 'stay':
        return
      case 'stop':
        return this.leave()
      case 'background':
        this.ports.hide()
        this.waitForRest((status) => (status === 'done' || status === 'cancelled' ? 'leave' : 'show'))
        return
      case 'pause':
        this.waitForRest((status) => (status === 'failed' ? 'show' : 'leave'))
        this.ports.run.pause()
    }
  }

  /** When the run is at rest, leaves or shows the window, as told; where somebody lets a pausing run go on, neither. */
  private waitForRest(then: (status: RunState['status']) => 'leave' | 'show'): void {
    this.stopWaiting()
    let pausing = false
    this.endWaiting = this.ports.run.changes.listen(({ status }) => {
      if (status === 'pausing') pausing = true
      if (status === 'running' && pausing) this.stopWaiting()
      if (status === 'running' || status === 'pausing' || status === 'cancelling') return
      this.stopWaiting()
      if (then(status) === 'leave') void this.leave()
      else this.ports.show()
    })
  }

  private stopWaiting(): void {
    this.endWaiting?.()
    this.endWaiting = null
  }
}

async function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))
  await Promise.race([work.catch(() => undefined), patience])
  clearTimeout(timer)
}
