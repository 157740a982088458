import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isLineMessage, LARGEST_MESSAGE } from './line-message'
import { StudioLines } from './studio-lines'

let streamsEnded = 0
const router = {
  double: os.input(z.number()).handler(({ input }) => input * 2),
  counting: os.handler(async function* ({ signal }) {
    try {
      for (let i = 0; signal?.aborted !== true; i++) {
        yield i
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    } finally {
      streamsEnded++
    }
  }),
}
const lines = new StudioLines(new RPCHandler(router))

type Client = RouterClient<typeof router>

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** A page's end of a line, its client, and whether our end has cut it. */
function newLine(): { port: MessagePort; client: Client; wasCut: () => boolean } {
  const { port1: theirs, port2: ours } = new MessageChannel()
  ports.push(theirs, ours)
  let cut = false
  lines.serve({
    send: (message) => ours.postMessage(message),
    onMessage: (listener) => ours.on('message', listener),
    onClose: (listener) => ours.on('close', listener),
    cut: () => {
      cut = true
      ours.close()
    },
  })
  const client: Client = createORPCClient(
    new RPCLink({
      port: {
        postMessage: (message: unknown) => theirs.postMessage(message),
        onMessage: { addListener: (listener) => theirs.on('message', listener) },
        onDisconnect: { addListener: (listener) => theirs.on('close', listener) },
      },
    }),
  )
  return { port: theirs, client, wasCut: () => cut }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))

describe('a line to a page', () => {
  it('carries calls, streams and their end as the client of the page sends them', async () => {
    const { client, wasCut } = newLine()
    expect(await client.double(21)).toBe(42)
    await expect(client.double('x' as unknown as number)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const stream = await client.counting()
    expect([(await stream.next()).value, (await stream.next()).value]).toEqual([0, 1])
    const before = streamsEnded
    await stream.return(undefined)
    await expect.poll(() => streamsEnded).toBe(before + 1)
    expect(wasCut()).toBe(false)
  })

  it('ends the streams of a page that has gone away', async () => {
    const { port, client } = newLine()
    const stream = await client.counting()
    await stream.next()
    const before = streamsEnded
    port.close()
    await expect.poll(() => streamsEnded).toBe(before + 1)
  })

  it.each([
    ['no JSON', 'hello'],
    ['no object', '42'],
    ['no text', { i: '1', p: { u: '/double', b: { json: 1 } } }],
    ['nothing', null],
    ['bytes', new Uint8Array([123, 125])],
    ['a call without an address', '{"i":"1","p":{}}'],
    ['an address elsewhere', '{"i":"1","p":{"u":"http://elsewhere.example/double"}}'],
    ['headers', '{"i":"1","p":{"u":"/double","h":{"content-type":"multipart/form-data"}}}'],
    ['another method', '{"i":"1","p":{"u":"/double","m":"GET"}}'],
    ['a stream towards us', '{"i":"1","t":3,"p":{"e":"message","d":1}}'],
    ['a number of no text', '{"i":1,"p":{"u":"/double"}}'],
  ])('is cut at what is no message: %s', async (_, message) => {
    const { port, wasCut } = newLine()
    port.postMessage(message)
    await settled()
    expect(wasCut()).toBe(true)
  })

  it('takes a message of the largest size and no larger', () => {
    const frame = '{"i":"1","p":{"u":"/double","b":{"json":""}}}'
    const of = (length: number): string =>
      frame.replace('"json":""', `"json":"${'x'.repeat(length - frame.length)}"`)
    expect(isLineMessage(of(LARGEST_MESSAGE))).toBe(true)
    expect(isLineMessage(of(LARGEST_MESSAGE + 1))).toBe(false)
  })
})
