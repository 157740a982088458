import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../src-shared/api/contract'
import { PORT_MESSAGE } from '../../src-shared/api/port-message'
import type { StudioBridge } from './bridge'
import { checkSession, exchangeToken } from './token'
import { unreachable } from './unreachable'

export type StudioClient = ContractRouterClient<typeof contract>

/** A line to the studio. */
export interface Connection {
  client: StudioClient
  /** Resolves when the line is broken. */
  closed: Promise<void>
}

/** Address of the socket of the served application, relative to the page. */
const SOCKET_PATH = 'studio'

/**
 * Connects the page to the studio: over the port that the desktop window's preload hands over, or over a WebSocket to
 * the server that the page came from. Whoever uses the client does not know which.
 * @throws StudioError `studio-unreachable` where the server refuses
 */
export function connect(): Promise<Connection> {
  return window.studioBridge === undefined ? connectSocket() : connectPort(window.studioBridge)
}

function connectPort(bridge: StudioBridge): Promise<Connection> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || event.data !== PORT_MESSAGE || event.ports.length !== 1) return
      window.removeEventListener('message', receive)
      const [port] = event.ports
      const closed = new Promise<void>((done) => {
        port.addEventListener('close', () => done())
      })
      const client: StudioClient = createORPCClient(new PortLink({ port }))
      port.start()
      resolve({ client, closed })
    }
    window.addEventListener('message', receive)
    bridge.connect()
  })
}

async function connectSocket(): Promise<Connection> {
  try {
    await exchangeToken()
    return await openSocket()
  } catch (cause) {
    await checkSession().catch(() => undefined)
    throw unreachable(cause)
  }
}

function openSocket(): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const address = new URL(SOCKET_PATH, window.location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    address.hash = ''
    const websocket = new WebSocket(address)
    const closed = new Promise<void>((done) => websocket.addEventListener('close', () => done()))
    websocket.addEventListener('open', () => {
      resolve({ client: createORPCClient(new SocketLink({ websocket })), closed })
    })
    websocket.addEventListener('error', () => reject(new Error('The socket was refused.')))
  })
}
