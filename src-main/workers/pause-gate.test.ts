import { describe, expect, it } from 'vitest'
import { PauseGate } from './pause-gate'

const never = new AbortController().signal
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a pause gate', () => {
  it('lets what is in flight end, holds the next back, and says when all is at rest', async () => {
    const states: string[] = []
    const gate = new PauseGate(() => states.push(gate.state))
    let finish = (): void => undefined
    const first = gate.pass(never, () => new Promise<void>((resolve) => (finish = resolve)))
    await turn()
    gate.close()
    expect(gate.state).toBe('closing')
    let begun = false
    const second = gate.pass(never, () => {
      begun = true
      return Promise.resolve()
    })
    finish()
    await first
    await turn()
    expect(gate.state).toBe('closed')
    expect(begun).toBe(false)
    gate.reopen()
    await second
    expect(begun).toBe(true)
    expect(states).toContain('closed')
  })

  it('lets a cancelled run go', async () => {
    const gate = new PauseGate()
    gate.close()
    const stop = new AbortController()
    const waiting = gate.pass(stop.signal, () => Promise.resolve())
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ tag: 'cancelled' })
  })
})
