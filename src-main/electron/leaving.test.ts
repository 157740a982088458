import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunState } from '../../src-shared/api/run-state'
import { Broadcast } from '../studio/broadcast'
import { Leaving, type Choice, type LeavingPorts } from './leaving'

type Status = RunState['status']

/** A run that does as it is told, and an application that notes what happens to it. */
class Scene {
  readonly happened: string[] = []
  readonly changes = new Broadcast<RunState>()
  status: Status = 'idle'
  answer: (choice: Choice) => void = () => undefined
  readonly leaving: Leaving

  constructor(cancel?: () => Promise<void>) {
    const note = (what: string) => () => void this.happened.push(what)
    // The getters below read the scene as it is at the time.
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const scene = this
    const ports: LeavingPorts = {
      run: {
        changes: this.changes,
        get state() {
          return { status: scene.status } as RunState
        },
        get isActive() {
          return !['idle', 'done', 'failed', 'cancelled'].includes(scene.status)
        },
        pause: () => this.become('pausing'),
        cancel:
          cancel ??
          (() => {
            if (ports.run.isActive) this.happened.push('stopped')
            this.status = 'cancelled'
            return Promise.resolve()
          }),
      },
      ask: () => {
        this.happened.push('asked')
        return new Promise((resolve) => (this.answer = resolve))
      },
      hide: note('hidden'),
      show: note('shown'),
      close: () => {
        this.happened.push('closed')
        return Promise.resolve()
      },
      quit: note('quit'),
    }
    this.leaving = new Leaving(ports)
  }

  become(status: Status): void {
    this.status = status
    this.changes.send({ status } as RunState)
  }

  /** Closes the window, answers the question if there is one, and waits until all is quiet. */
  async close(choice?: Choice): Promise<void> {
    const closed = this.leaving.request()
    await quiet()
    if (choice !== undefined) this.answer(choice)
    await closed
    await quiet()
  }
}

const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let scene: Scene
beforeEach(() => {
  scene = new Scene()
})

describe('closing the window', () => {
  it.each<Status>(['idle', 'done', 'failed', 'cancelled'])(
    'quits at once when the run is %s',
    async (status) => {
      scene.status = status
      await scene.close()
      expect(scene.happened).toEqual(['closed', 'quit'])
      expect(scene.leaving.isDone).toBe(true)
    },
  )

  it('quits without a question when the run is paused, as nothing is in flight', async () => {
    scene.status = 'paused'
    await scene.close()
    expect(scene.happened).toEqual(['stopped', 'closed', 'quit'])
  })

  it.each<Status>(['running', 'pausing', 'cancelling'])('asks while the run is %s', async (status) => {
    scene.status = status
    await scene.close('stay')
    expect(scene.happened).toEqual(['asked'])
    expect(scene.leaving.isDone).toBe(false)
  })

  it('asks once, however often it is closed', async () => {
    scene.status = 'running'
    const first = scene.leaving.request()
    await scene.leaving.request()
    scene.answer('stay')
    await first
    expect(scene.happened).toEqual(['asked'])
    await scene.close('stay')
    expect(scene.happened).toEqual(['asked', 'asked'])
  })

  it('quits where the run has ended while the question stood there', async () => {
    scene.status = 'running'
    const closing = scene.leaving.request()
    await quiet()
    scene.become('done')
    scene.answer('background')
    await closing
    expect(scene.happened).toEqual(['asked', 'closed', 'quit'])
  })
})

describe('going on in the background', () => {
  beforeEach(async () => {
    scene.status = 'running'
    await scene.close('background')
  })

  it('hides the window and quits when the run is done', async () => {
    expect(scene.happened).toEqual(['asked', 'hidden'])
    scene.become('running')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'hidden'])
    scene.become('done')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'hidden', 'closed', 'quit'])
  })

  it.each<Status>(['failed', 'paused'])('brings the window back when the run is %s', async (status) => {
    scene.become(status)
    await quiet()
    expect(scene.happened).toEqual(['asked', 'hidden', 'shown'])
  })

  it('is over when the window is wanted again', async () => {
    scene.leaving.comeBack()
    scene.become('done')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'hidden', 'shown'])
  })
})

describe('pausing and quitting', () => {
  beforeEach(async () => {
    scene.status = 'running'
    await scene.close('pause')
  })

  it('quits when what is in flight has been finished', async () => {
    expect(scene.status).toBe('pausing')
    expect(scene.happened).toEqual(['asked'])
    scene.become('paused')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'stopped', 'closed', 'quit'])
  })

  it('quits when the run came to its end instead', async () => {
    scene.become('done')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'closed', 'quit'])
  })

  it('stays where somebody lets the run go on', async () => {
    scene.become('running')
    scene.become('paused')
    await quiet()
    expect(scene.happened).toEqual(['asked'])
  })

  it('stays, with the window, where the run failed', async () => {
    scene.become('failed')
    await quiet()
    expect(scene.happened).toEqual(['asked', 'shown'])
  })
})

describe('stopping and quitting', () => {
  it('stops the run, closes the project, and quits', async () => {
    scene.status = 'running'
    await scene.close('stop')
    expect(scene.happened).toEqual(['asked', 'stopped', 'closed', 'quit'])
  })

  it('happens without a question when the system shuts down', async () => {
    scene.status = 'running'
    await Promise.all([scene.leaving.leave(), scene.leaving.leave()])
    expect(scene.happened).toEqual(['stopped', 'closed', 'quit'])
  })

  it('does not wait for ever for a run that does not stop', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const stuck = new Scene(() => new Promise(() => undefined))
      stuck.status = 'running'
      const leaving = stuck.leaving.leave()
      await vi.advanceTimersByTimeAsync(10_000)
      await leaving
      expect(stuck.happened).toEqual(['quit'])
    } finally {
      vi.useRealTimers()
    }
  })
})
