import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { LARGEST_MESSAGE } from '../studio/line-message'
import type { StudioLines } from '../studio/studio-lines'

/** A browser that has not answered a ping for this many milliseconds is gone: tunnels break without a word. */
const PING_MS = 30_000

/** Close codes of the WebSocket protocol. */
const POLICY_VIOLATED = 1008
const GOING_AWAY = 1001

/** Lines to pages over WebSockets. */
export class SocketLines {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
  })
  private readonly answered = new WeakSet<WebSocket>()
  private readonly timer: NodeJS.Timeout

  constructor(private readonly lines: StudioLines) {
    this.timer = setInterval(() => this.ping(), PING_MS).unref()
  }

  /** Makes a line of a request that asked for one and may have it. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head, (line) => this.serve(line))
  }

  /** Cuts all lines. */
  close(): void {
    clearInterval(this.timer)
    for (const line of this.sockets.clients) line.close(GOING_AWAY)
    this.sockets.close()
  }

  private serve(line: WebSocket): void {
    this.answered.add(line)
    line.on('pong', () => this.answered.add(line))
    // A message that is too long raises this event and ends the line, which is all there is to do about it.
    line.on('error', () => undefined)
    this.lines.serve({
      send: (message) => {
        if (typeof message === 'string' || message instanceof Uint8Array) line.send(message)
      },
      onMessage: (listener) => {
        line.on('message', (data: RawData, isBinary: boolean) =>
          listener(isBinary || !Buffer.isBuffer(data) ? null : data.toString('utf8')),
        )
      },
      onClose: (listener) => line.on('close', () => listener()),
      cut: () => line.close(POLICY_VIOLATED, 'Not understood.'),
    })
  }

  private ping(): void {
    for (const line of this.sockets.clients) {
      if (this.answered.delete(line)) line.ping()
      else line.terminate()
    }
  }
}
