import type { SupportedMessagePort } from '@orpc/client/message-port'
import { isLineMessage } from './line-message'

/** Our end of a line to a page, over whatever it runs. */
export interface LineEnd {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  /** Ends the line because the page sent what is no message. */
  cut(): void
}

/** What answers the calls that come over a line: oRPC's handler for message ports, around the studio's router. */
export interface LineHandler {
  upgrade(port: SupportedMessagePort): void
}

/** The lines between pages and the studio. A page that is reloaded makes a new one; the old one ends by itself. */
export class StudioLines {
  constructor(private readonly handler: LineHandler) {}

  /** Serves a page over a line. The first message that is none of ours cuts it, and nothing after it is heard. */
  serve(line: LineEnd): void {
    let cut = false
    const receive = (message: unknown, forward: (message: unknown) => void): void => {
      if (cut) return
      if (isLineMessage(message)) {
        forward(message)
        return
      }
      cut = true
      line.cut()
    }
    this.handler.upgrade({
      postMessage: (message: unknown) => line.send(message),
      on: (event, listener) => {
        if (event === 'message') line.onMessage((message) => receive(message, (data) => listener({ data })))
        else if (event === 'close') line.onClose(() => listener())
      },
    })
  }
}
