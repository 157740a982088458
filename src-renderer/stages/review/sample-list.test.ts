import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { StudioError } from '../../../src-shared/errors/studio-error'
import { SampleList } from './sample-list'
import { PAGE_SIZE, sampleAt } from './sample-list-state'
import { SlowStudio } from './slow-studio-fixture'

const BOTH = { split: null, order: 'file', descending: false } as const

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets answers arrive. */
const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds)

async function listOf(studio: SlowStudio): Promise<SampleList> {
  const list = new SampleList(studio.load)
  list.look(0, 99)
  await list.show(BOTH)
  return list
}

/** Row in its batch of the sample at a place, or undefined where it is not loaded. */
const rowAt = (list: SampleList, place: number): number | undefined =>
  sampleAt(list.store.getState(), place)?.row

it('shows the first page and selects the first sample', async () => {
  const list = await listOf(new SlowStudio(2000))
  const { total, selected, reveal } = list.store.getState()
  expect(total).toBe(2000)
  expect(selected).toMatchObject({ index: 0, sample: { row: 0 } })
  expect(reveal).toBe(1)
  expect([rowAt(list, 99), rowAt(list, 1999)]).toEqual([99, undefined])
})

it('loads the page that comes into view, and the ones next to it, two at a time', async () => {
  const studio = new SlowStudio(100_000)
  const list = await listOf(studio)
  studio.slow = true
  const first = 100 * PAGE_SIZE
  list.look(first, first + PAGE_SIZE)
  await settle()
  expect(studio.waiting.map(({ request }) => request.offset / PAGE_SIZE)).toEqual([100, 101])
  studio.waiting[0].answer()
  await settle()
  expect(rowAt(list, first)).toBe(first)
  expect(studio.waiting[2].request.offset / PAGE_SIZE).toBe(98)
})

it('drops requests for what has scrolled past', async () => {
  const studio = new SlowStudio(100_000)
  const list = await listOf(studio)
  studio.slow = true
  for (let first = 10_000; first < 90_000; first += 10_000) list.look(first, first + 99)
  await settle()
  const open = studio.waiting.filter(({ signal }) => !signal.aborted)
  expect(open.map(({ request }) => request.offset)).toEqual([80_000, 80_000 - PAGE_SIZE])
  for (const { answer } of studio.waiting) answer()
  await settle()
  expect(rowAt(list, 20_000)).toBeUndefined()
  expect(rowAt(list, 80_000)).toBe(80_000)
})

it('holds a bounded number of pages', async () => {
  const list = await listOf(new SlowStudio(100_000))
  for (let first = 0; first < 100_000; first += PAGE_SIZE) {
    list.look(first, first + 99)
    await settle()
  }
  expect(list.store.getState().pages.size).toBeLessThanOrEqual(100)
  expect([rowAt(list, 99_950), rowAt(list, 0)]).toEqual([99_950, undefined])
})

it('samples that come in above leave the selection and the view where they are', async () => {
  const studio = new SlowStudio(5000)
  const list = await listOf(studio)
  list.look(1000, 1099)
  await settle()
  list.select(1042)
  studio.insert(700)
  list.refresh()
  await settle(5000)
  const { total, selected, moved } = list.store.getState()
  expect(total).toBe(5700)
  expect(selected).toMatchObject({ index: 1742, sample: { batch: 1, row: 1042 } })
  expect(moved).toEqual({ from: 1042, to: 1742 })
  expect(list.firstInView).toBe(1700)
  expect(rowAt(list, 1700)).toBe(1000)
})

it('the view holds on to its first sample while the selected one is elsewhere', async () => {
  const studio = new SlowStudio(5000)
  const list = await listOf(studio)
  const { reveal } = list.store.getState()
  list.look(2000, 2099)
  await settle()
  studio.insert(10)
  list.refresh()
  await settle(5000)
  const state = list.store.getState()
  expect(state.moved).toEqual({ from: 2000, to: 2010 })
  expect(state.selected).toMatchObject({ index: 10, sample: { batch: 1, row: 0 } })
  expect(state.reveal).toBe(reveal)
})

it('what is on the screen stays until the new list is complete', async () => {
  const studio = new SlowStudio(5000)
  const list = await listOf(studio)
  list.look(1000, 1099)
  await settle()
  studio.insert(1)
  studio.slow = true
  list.refresh()
  await settle(5000)
  expect(rowAt(list, 1000)).toBe(1000)
  studio.waiting[0].answer()
  await settle()
  expect(rowAt(list, 1000)).toBe(1000)
  for (const { answer } of studio.waiting.slice(1)) answer()
  await settle()
  expect(rowAt(list, 1001)).toBe(1000)
})

it('a sample selected while the list is loaded anew stays selected', async () => {
  const studio = new SlowStudio(5000)
  const list = await listOf(studio)
  studio.insert(3)
  studio.slow = true
  list.refresh()
  await settle(5000)
  list.select(7)
  studio.slow = false
  for (const { answer } of studio.waiting) answer()
  await settle(5000)
  expect(list.store.getState().selected).toMatchObject({ index: 10, sample: { batch: 1, row: 7 } })
})

it('a selected sample whose page comes while the list is loaded anew keeps its place', async () => {
  const studio = new SlowStudio(100_000)
  const list = await listOf(studio)
  // The page of the first sample is let go, and the list loaded anew without it.
  for (let first = 0; first < 60_000; first += PAGE_SIZE) {
    list.look(first, first + 99)
    await settle()
  }
  studio.insert(0)
  list.refresh()
  await settle(5000)
  list.refresh()
  studio.slow = true
  await settle(5000)
  const [head] = studio.waiting.splice(0)
  expect(head.request).toMatchObject({ offset: 0, limit: 1 })
  list.look(0, 99)
  await settle()
  studio.slow = false
  for (const { answer } of studio.waiting) answer()
  await settle()
  expect(rowAt(list, 0)).toBe(0)
  head.answer()
  await settle(5000)
  expect(list.store.getState().selected).toMatchObject({ index: 0, sample: { row: 0 } })
  const asked = studio.asked.length
  list.refresh()
  await settle(5000)
  expect(list.store.getState().selected).toMatchObject({ index: 0, sample: { row: 0 } })
  expect(studio.asked.length - asked).toBeLessThan(10)
})

it('a sample selected before its page is there stays selected when the list is loaded anew meanwhile', async () => {
  const studio = new SlowStudio(100_000)
  const list = await listOf(studio)
  studio.slow = true
  list.select(50_000)
  list.refresh()
  await settle(5000)
  const page = studio.waiting.find(({ request }) => request.offset === 50_000)
  const head = studio.waiting.find(({ request }) => request.limit === 1)
  studio.slow = false
  page?.answer()
  await settle()
  expect(list.store.getState().selected).toMatchObject({ index: 50_000, sample: { row: 50_000 } })
  head?.answer()
  await settle(5000)
  expect(list.store.getState().selected).toMatchObject({ index: 50_000, sample: { row: 50_000 } })
})

it('a batch written while the list is loaded anew moves the selection along with its sample', async () => {
  const studio = new SlowStudio(500)
  const list = await listOf(studio)
  list.select(20)
  studio.insert(7)
  list.refresh()
  studio.slow = true
  await settle(3000)
  studio.waiting.shift()?.answer() // the head of the list with one more batch
  studio.insert(5)
  studio.slow = false
  await settle()
  for (const { answer } of studio.waiting) answer()
  await settle(3000)
  expect(list.store.getState().selected).toMatchObject({ index: 32, sample: { batch: 1, row: 20 } })
})

it('many calls for a refresh make one every two seconds', async () => {
  const studio = new SlowStudio(100)
  const list = await listOf(studio)
  await settle(10_000)
  const before = studio.asked.length
  for (let i = 0; i < 100; i++) {
    list.refresh()
    await settle(40)
  }
  await settle(5000)
  // Each loads the head of the list and the page in view.
  expect((studio.asked.length - before) / 2).toBeLessThanOrEqual(4)
})

it('a page of a newer version makes the list come anew', async () => {
  const studio = new SlowStudio(5000)
  const list = await listOf(studio)
  studio.insert(100)
  list.look(3000, 3099)
  await settle(5000)
  expect(list.store.getState().total).toBe(5100)
})

it('a selected sample that is gone gives way to the nearest place', async () => {
  const studio = new SlowStudio(100)
  const list = await listOf(studio)
  list.select(99)
  studio.samples = studio.samples.slice(0, 40)
  studio.version = 'b'
  list.refresh()
  await settle(5000)
  expect(list.store.getState().selected).toMatchObject({ index: 39, sample: { row: 39 } })
  studio.samples = []
  list.refresh()
  await settle(5000)
  expect(list.store.getState()).toMatchObject({ total: 0, selected: null })
})

it('another order is shown from its first sample on', async () => {
  const studio = new SlowStudio(3000)
  const list = await listOf(studio)
  list.look(1500, 1599)
  list.select(1510)
  const { reveal } = list.store.getState()
  studio.samples = studio.samples.toReversed()
  await list.show({ ...BOTH, descending: true })
  const state = list.store.getState()
  expect(state.selected).toMatchObject({ index: 0, sample: { row: 2999 } })
  expect(state.reveal).toBe(reveal + 1)
  expect(list.firstInView).toBe(0)
})

it('an answer that comes after the order was changed again is not shown', async () => {
  const studio = new SlowStudio(3000)
  const list = await listOf(studio)
  studio.slow = true
  void list.show({ ...BOTH, order: 'agbd' })
  void list.show({ ...BOTH, order: 'lat' })
  await settle()
  const [agbd] = studio.waiting
  expect(agbd.signal.aborted).toBe(true)
  agbd.answer()
  await settle()
  expect(list.store.getState().total).toBeNull()
})

it('a fault is told, leaves what was loaded, and is forgotten by the next answer', async () => {
  const studio = new SlowStudio(3000)
  const list = await listOf(studio)
  studio.fault = new StudioError('internal', 'The disk is gone.', { hint: 'Look for it.' })
  list.look(2000, 2099)
  await settle()
  expect(list.store.getState().error?.message).toBe('The disk is gone.')
  expect(rowAt(list, 0)).toBe(0)
  studio.fault = null
  list.refresh()
  await settle(5000)
  expect(list.store.getState().error).toBeNull()
  expect(rowAt(list, 2000)).toBe(2000)
})

it('keeps a held sample that leaves the list, and finds it when it is back', async () => {
  const studio = new SlowStudio(300)
  const list = await listOf(studio)
  list.select(40)
  list.hold(true)
  const before = studio.samples
  studio.samples = before.slice(41)
  studio.version = 'b'
  list.refresh()
  await settle(2100)
  expect(list.store.getState()).toMatchObject({
    lost: { row: 40 },
    selected: { index: 40, sample: { row: 81 } },
  })
  list.refresh()
  await settle(2100)
  expect(list.store.getState().lost).toMatchObject({ row: 40 })
  studio.samples = before
  studio.version = 'c'
  list.refresh()
  await settle(2100)
  expect(list.store.getState()).toMatchObject({ lost: null, selected: { index: 40, sample: { row: 40 } } })
})

it('lets go of a sample that has left the list when another one is selected, or when it is not found again', async () => {
  const studio = new SlowStudio(300)
  const list = await listOf(studio)
  const lose = async (): Promise<void> => {
    list.select(10)
    studio.samples = studio.samples.filter((_, place) => place !== 10)
    studio.version += 'b'
    list.refresh()
    await settle(2100)
  }
  await lose()
  expect(list.store.getState().lost).toBeNull()
  list.hold(true)
  await lose()
  expect(list.store.getState().lost).toMatchObject({ row: 11 })
  list.select(11)
  expect(list.store.getState().lost).toBeNull()
  await lose()
  expect(list.store.getState().lost).toMatchObject({ row: 12 })
  await list.findLost()
  expect(list.store.getState()).toMatchObject({ lost: null, selected: { index: 10, sample: { row: 13 } } })
})
