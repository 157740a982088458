import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StudioError } from '../../src-shared/errors/studio-error'
import { Access } from './access'
import { addressOf } from './host-names'
import { SocketLines } from './socket-lines'
import { Visitors, type Served } from './visitors'

export interface Listening {
  /** The link that people open, with the token. */
  readonly link: string
  close(): Promise<void>
}

/**
 * Serves the application over HTTP and WebSockets.
 * @param host address to listen on
 * @param ports tried one after the other; 0 takes any that is free
 * @throws StudioError `usage` where none of the ports can be had, or the address is not this machine's
 */
export async function listen(served: Served, host: string, ports: readonly number[]): Promise<Listening> {
  const server = createServer()
  const port = await bind(server, host, ports)
  const access = new Access(host, port)
  const sockets = new SocketLines(served.lines)
  const visitors = new Visitors(served, access, sockets)
  server.on('request', (request, response) => void visitors.answer(request, response))
  server.on('upgrade', (request, socket, head) => visitors.connect(request, socket, head))
  return {
    link: `${addressOf(host, port)}#token=${access.token}`,
    close: async () => {
      sockets.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Takes the first port that is free. */
async function bind(server: Server, host: string, ports: readonly number[]): Promise<number> {
  for (const [i, port] of ports.entries()) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      return (server.address() as AddressInfo).port
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
      if (code === 'EADDRINUSE' && i + 1 < ports.length) continue
      throw new StudioError('usage', `The server cannot listen on ${host}, port ${port}.`, {
        hint:
          code === 'EADDRINUSE'
            ? 'Another program uses this port; give another one with --port.'
            : 'Give another address with --host or another port with --port.',
        context: { code },
        cause,
      })
    }
  }
  throw new StudioError('internal', 'No port was given.', { hint: '' })
}
