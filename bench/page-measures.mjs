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
  /**
   * Scrolls a list of pictures to a place, as a scroll bar that is dragged.
   * @param {number} share of the whole, 0 to 1
   * @returns time until all pictures in view are there, ms
   */
  async scrollTo(share) {
    const list = document.querySelector('[role=listbox]')
    list.scrollTop = share * (list.scrollHeight - list.clientHeight)
    const start = performance.now()
    await frame()
    await frame()
    while (!allDrawn(list)) await frame()
    return performance.now() - start
  },

  /** Opens the selected patch large. @returns time until all its pictures are there, ms */
  async openPatch() {
    const start = performance.now()
    const pressed = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    document.querySelector('[role=listbox]').dispatchEvent(pressed)
    while (document.querySelectorAll('[role=dialog] [role=img][aria-label*="of shot"]').length < 9)
      await frame()
    await frame()
    return performance.now() - start
  },

  /** Waits until the first pictures of the list are there. @returns the time of the clock, ms since 1970 */
  async firstDrawn() {
    while (!allDrawn(document.querySelector('[role=listbox]'))) await frame()
    return Date.now()
  },
}

/** Whether every sample in view shows its picture. */
const allDrawn = (list) => {
  if (list === null || list.getAttribute('aria-busy') === 'true') return false
  const view = list.getBoundingClientRect()
  const cells = [...list.querySelectorAll('[role=option]')].filter((cell) => {
    const { top, bottom } = cell.getBoundingClientRect()
    return bottom > view.top && top < view.bottom
  })
  const images = cells.map((cell) => cell.querySelector('img'))
  return images.length > 0 && images.every((image) => image?.complete === true && image.naturalWidth > 0)
}
