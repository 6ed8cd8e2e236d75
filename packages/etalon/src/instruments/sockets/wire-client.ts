import type { Duplex } from 'node:stream'
import { WebSocket, type Agent, type Dispatcher } from 'undici'

/** How a client's connection ended, or that it was never made. */
export interface Ending {
  /** As RFC 6455 numbers it; 1006 where nobody said goodbye. */
  readonly code: number
  readonly reason: string
  /** The status of the answer, where the handshake was refused by one. */
  readonly status: number | undefined
}

export interface WireClientOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly agent: Agent
  readonly onOpen: () => void
  readonly onText: (text: string) => void
  readonly onEnd: (ending: Ending) => void
}

/** A WebSocket whose connection can be held and cut. */
export interface WireClient {
  say(text: string): void
  /** Reads nothing any more, not even pings, until {@link read}: the network's buffers fill. */
  stopReading(): void
  read(): void
  /** Is gone at once and without goodbye, as a cable that is pulled out. */
  cut(): void
  /** Says goodbye. */
  close(): void
}

/** Begins to connect. */
export function openWireClient(options: WireClientOptions): WireClient {
  let status: number | undefined
  let wire: Duplex | undefined
  let isCut = false
  const dispatcher = options.agent.compose((dispatch) => (request, handler) => {
    const watched: Dispatcher.DispatchHandler = {
      onRequestStart: (...begun) => handler.onRequestStart?.(...begun),
      onResponseStart: (controller, answered, ...rest) => {
        status = answered
        handler.onResponseStart?.(controller, answered, ...rest)
      },
      onRequestUpgrade: (controller, answered, headers, socket) => {
        wire = socket
        if (isCut) socket.destroy()
        return handler.onRequestUpgrade?.(controller, answered, headers, socket)
      },
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...ended) => handler.onResponseEnd?.(...ended),
      onResponseError: (...failed) => handler.onResponseError?.(...failed),
    }
    return dispatch(request, watched)
  })
  const socket = new WebSocket(options.url, { headers: { ...options.headers }, dispatcher })
  socket.addEventListener('open', options.onOpen)
  socket.addEventListener('message', ({ data }) => options.onText(String(data)))
  // What went wrong stands in the ending that follows.
  socket.addEventListener('error', () => undefined)
  socket.addEventListener('close', ({ code, reason }) => options.onEnd({ code, reason, status }))
  return {
    say: (text) => socket.send(text),
    stopReading: () => wire?.pause(),
    read: () => wire?.resume(),
    cut: () => {
      isCut = true
      wire?.destroy()
    },
    close: () => socket.close(),
  }
}
