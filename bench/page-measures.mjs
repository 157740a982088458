// Runs in the page that is measured, before its own scripts: what a person at the window would see, in milliseconds.
const longTasks = []
new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask' })

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** The longest task since a time; the browser tells only of those above 50 ms, so none is 0. */
const longestSince = (time) =>
  Math.max(0, ...longTasks.filter(({ startTime }) => startTime >= time).map(({ duration }) => duration))

window.measures = {
  /**
   * Moves a slider to values one after the other.
   * @param {string} slider accessible name
   * @param {number[]} values
   * @param {string} shown selector of what shows the answer
   * @returns for each value the time until the answer was in a frame, and the longest task meanwhile
   */
  async slide(slider, values, shown) {
    const input = document.querySelector(`input[aria-label="${slider}"]`)
    const answer = document.querySelector(shown)
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
    const begin = performance.now()
    const times = []
    for (const value of values) {
      const changed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(answer, { characterData: true, subtree: true, childList: true })
      })
      const start = performance.now()
      setValue.call(input, String(value))
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await changed
      await frame()
      times.push(performance.now() - start)
      await pause(50)
    }
    return { times, longest: longestSince(begin) }
  },

  /** Begins to count frames. */
  beginFrames() {
    const counter = { begin: performance.now(), times: [], running: true }
    const count = (time) => {
      counter.times.push(time)
      if (counter.running) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    this.counter = counter
  },

  /** Ends the counting. @returns times between frames, and the longest task meanwhile */
  endFrames() {
    const { begin, times } = this.counter
    this.counter.running = false
    return { gaps: times.slice(1).map((time, at) => time - times[at]), longest: longestSince(begin) }
  },
}
