import { startImageryServer, type ImageryServerOptions } from './imagery-server'

/** What the parent asks for, and what it gets. */
export type FromParent =
  { kind: 'start'; options: Omit<ImageryServerOptions, 'special'> } | { kind: 'look' } | { kind: 'reload' }

const send = (message: unknown): void => {
  process.send?.(message)
}
const server = new Promise<Awaited<ReturnType<typeof startImageryServer>>>((resolve, reject) => {
  process.on('message', (message: FromParent) => {
    if (message.kind === 'start') startImageryServer(message.options).then(resolve, reject)
  })
})
server.then(
  ({ url }) => send({ url }),
  (error: unknown) => send({ error: String(error) }),
)
process.on('message', (message: FromParent) => {
  if (message.kind === 'start') return
  void server.then(async (running) => {
    if (message.kind === 'reload') await running.reload()
    send({ counters: running.counters, seen: running.seen })
  })
})
process.on('disconnect', () => process.exit(0))
